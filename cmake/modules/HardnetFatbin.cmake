# hardnet_add_fatbin(<target> SOURCE <.cu> DEPENDS <headers> OUTPUT <.fatbin> ARCHITECTURES <numbers>)
#
# Compiles one source into machine code for each of the architectures that HARDNET_NVCC knows, and into PTX for the
# newest of them, which later GPUs translate.
function(hardnet_add_fatbin target)
  cmake_parse_arguments(PARSE_ARGV 1 fatbin "" "SOURCE;OUTPUT" "DEPENDS;ARCHITECTURES")
  execute_process(COMMAND ${HARDNET_NVCC} --list-gpu-code OUTPUT_VARIABLE known COMMAND_ERROR_IS_FATAL ANY)
  set(code "")
  foreach(architecture ${fatbin_ARCHITECTURES})
    if(known MATCHES "sm_${architecture}[\r\n]")
      list(APPEND code -gencode arch=compute_${architecture},code=sm_${architecture})
      set(newest ${architecture})
    endif()
  endforeach()
  if(NOT code)
    message(FATAL_ERROR "${HARDNET_NVCC} compiles for none of ${fatbin_ARCHITECTURES}, but for ${known}")
  endif()
  list(APPEND code -gencode arch=compute_${newest},code=compute_${newest})

  cmake_path(GET fatbin_OUTPUT PARENT_PATH folder)
  add_custom_command(OUTPUT ${fatbin_OUTPUT}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${HARDNET_NVCC} -fatbin -O3 -std=c++17 -fmad=false --threads 2 --Werror all-warnings ${code}
      -o ${fatbin_OUTPUT} ${fatbin_SOURCE}
    DEPENDS ${fatbin_SOURCE} ${fatbin_DEPENDS}
    COMMENT "Compiling ${fatbin_OUTPUT}"
    VERBATIM)
  add_custom_target(${target} ALL DEPENDS ${fatbin_OUTPUT})
endfunction()
