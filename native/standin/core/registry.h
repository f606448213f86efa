// The objects behind opaque handles. A handle is never given out twice, so that a stale one is always recognised.
#ifndef HARDNET_STANDIN_REGISTRY_H
#define HARDNET_STANDIN_REGISTRY_H

#include "export.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace standin {

// Something that counts objects that are alive.
class STANDIN_INTERNAL LiveKind {
  public:
    explicit LiveKind(const char *name);
    virtual ~LiveKind();
    LiveKind(const LiveKind &) = delete;
    LiveKind &operator=(const LiveKind &) = delete;

    const char *name() const { return name_; }
    virtual int64_t count() const = 0;

  private:
    const char *name_;
};

STANDIN_INTERNAL int64_t live_objects();
STANDIN_INTERNAL std::string live_text();
STANDIN_INTERNAL uintptr_t new_handle();

template <class Handle, class Object> class Registry : public LiveKind {
  public:
    using LiveKind::LiveKind;

    int64_t count() const override { return static_cast<int64_t>(objects_.size()); }

    template <class... Arguments> Handle add(Arguments &&...arguments) {
        const uintptr_t handle = new_handle();
        objects_.emplace(handle, std::make_unique<Object>(std::forward<Arguments>(arguments)...));
        return reinterpret_cast<Handle>(handle);
    }

    // The object, or null if the handle is none of a live one.
    Object *find(Handle handle) const {
        const auto found = objects_.find(reinterpret_cast<uintptr_t>(handle));
        return found == objects_.end() ? nullptr : found->second.get();
    }

    bool remove(Handle handle) { return objects_.erase(reinterpret_cast<uintptr_t>(handle)) == 1; }

    // The first object for which the test holds, or null.
    template <class Test> Object *first(const Test &test) const {
        for (const auto &entry : objects_) {
            if (test(*entry.second)) {
                return entry.second.get();
            }
        }
        return nullptr;
    }

  private:
    std::map<uintptr_t, std::unique_ptr<Object>> objects_;
};

} // namespace standin

#endif
