// Memory at a multiple of 64 bytes, exactly as long as asked for, so that a sanitizer sees what goes beyond.
#ifndef HARDNET_TEST_ALIGNED_H
#define HARDNET_TEST_ALIGNED_H

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

struct Free {
    void operator()(void *memory) const { free(memory); }
};

class Aligned {
  public:
    Aligned() = default;
    explicit Aligned(int64_t bytes) {
        void *memory = nullptr;
        if (bytes > 0 && posix_memalign(&memory, 64, static_cast<size_t>(bytes)) != 0) {
            abort();
        }
        memory_.reset(memory);
    }
    void *get() const { return memory_.get(); }

  private:
    std::unique_ptr<void, Free> memory_;
};

#endif
