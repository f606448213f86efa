// Checks for the tests: a failed one prints where and why, and makes the program's exit status 1.
#ifndef HARDNET_TEST_CHECK_H
#define HARDNET_TEST_CHECK_H

#include <cstdio>

inline int failures = 0;

#define CHECK(condition, ...)                                                                                          \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            failures++;                                                                                                \
            printf("%s:%d: expected %s: ", __FILE__, __LINE__, #condition);                                            \
            printf(__VA_ARGS__);                                                                                       \
            printf("\n");                                                                                              \
        }                                                                                                              \
    } while (0)

inline int exit_status() { return failures == 0 ? 0 : 1; }

#endif
