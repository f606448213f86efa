# hardnet_add_tier(<name> VECTOR <vector> [OPTIONS <compiler option>...])
#
# Compiles the kernels once more, for one instruction-set tier: namespace hardnet::<name>, over the vector of
# cpu/simd/vector_<vector>.h, and adds them to the library.
function(hardnet_add_tier name)
  cmake_parse_arguments(tier "" "VECTOR" "OPTIONS" ${ARGN})
  string(TOUPPER ${tier_VECTOR} vector)
  add_library(hardnet_${name} OBJECT ${HARDNET_KERNEL_SOURCES})
  target_compile_definitions(hardnet_${name} PRIVATE HN_TIER=${name} HN_VECTOR_${vector})
  # Every element must come out the same whatever tile computes it, so the compiler may not choose where to fuse. Roots
  # are an instruction, not a call of a library that would also set errno.
  target_compile_options(hardnet_${name} PRIVATE ${tier_OPTIONS} -ffp-contract=off -fno-tree-vectorize -fno-math-errno)
  target_include_directories(hardnet_${name} PRIVATE cpu)
  target_link_libraries(hardnet_${name} PRIVATE hardnet_options)
  target_sources(hardnet PRIVATE $<TARGET_OBJECTS:hardnet_${name}>)
  if(NOT HN_SANITIZE)
    add_test(NAME symbols_${name}
      COMMAND ${CMAKE_COMMAND} -D NM=${CMAKE_NM} "-D OBJECTS=$<JOIN:$<TARGET_OBJECTS:hardnet_${name}>,|>"
        -P ${HARDNET_CMAKE}/CheckTierSymbols.cmake)
  endif()
endfunction()

# hardnet_add_bfloat16(<tier> [<compiler option>...])
#
# Compiles the kernels of a tier once more, over maps of bfloat16.
function(hardnet_add_bfloat16 tier)
  hardnet_add_tier(${tier}_bfloat16 VECTOR ${tier} OPTIONS -DHN_BFLOAT16_MAPS ${ARGN})
endfunction()

# hardnet_add_trace(<tier>)
#
# Compiles the kernels once more, over vectors as wide as those of a tier that only tell where they are loaded and
# stored.
function(hardnet_add_trace tier)
  string(TOUPPER ${tier} of)
  # Vectors without values are copied from arrays that nobody writes, which the compiler would report.
  hardnet_add_tier(trace_${tier} VECTOR trace OPTIONS -DHN_TRACE_OF_${of} -Wno-uninitialized -Wno-maybe-uninitialized)
endfunction()
