// Refuses steps that are not what they must be, with a sentence that names what was found and what was expected.
#ifndef HARDNET_CPU_CHECK_H
#define HARDNET_CPU_CHECK_H

#include "hardnet.h"

namespace hardnet {

// One sentence for the caller, cut to its buffer and always ended by a zero byte.
class Message {
  public:
    Message(char *text, int64_t bytes);

    // Writes the sentence, printf style, and returns the status.
    hn_status fail(hn_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

    // Puts where it happened before the sentence.
    void prefix(const char *format, int32_t index);

  private:
    char *text_;
    int64_t bytes_;
};

hn_status check_tier(int32_t tier, Message &message);

// Checks everything but pointers that are null; segments may be null too.
hn_status check_step(const hn_step &step, Message &message);

// Checks what check_step leaves out: that no pointer the step needs is null.
hn_status check_pointers(const hn_step &step, bool needs_weights, Message &message);

} // namespace hardnet

#endif
