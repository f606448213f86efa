# Fails when an object of an instruction-set tier defines a weak symbol: the linker could choose it for code that runs
# on processors without the tier.
string(REPLACE "|" ";" objects "${OBJECTS}")
foreach(object IN LISTS objects)
  execute_process(COMMAND ${NM} --defined-only ${object} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
  if(symbols MATCHES "[^\n]* [WVu] [^\n]*")
    message(FATAL_ERROR "${object} defines a weak symbol: ${CMAKE_MATCH_0}")
  endif()
endforeach()
