// Elements of maps in memory, by their type; rounding is computed here in another way than the kernels do.
#ifndef HARDNET_TEST_ELEMENTS_H
#define HARDNET_TEST_ELEMENTS_H

#include <cstdint>

// Bytes of an hn_element.
int element_bytes(int32_t element);

// What an element of that type makes of a number.
float rounded_to(int32_t element, double value);

float element_at(const void *memory, int32_t element, int64_t index);

void set_element(void *memory, int32_t element, int64_t index, float value);

#endif
