// Sizes of operators for tests.
#ifndef HARDNET_TEST_RANDOM_SIZES_H
#define HARDNET_TEST_RANDOM_SIZES_H

#include "operator_case.h"

// Computes the output's size; returns whether the window fits into the padded map.
bool set_output(hn_step &sizes, bool round_up);

// Returns whether the window fits into the padded map.
bool set_window(hn_step &sizes, int32_t kernel, int32_t stride, int32_t padding, int32_t dilation, bool round_up);

// A random operator, small enough for plain loops. Returns whether there is one of these sizes.
bool random_sizes(int32_t kind, Random &random, hn_step &sizes);

#endif
