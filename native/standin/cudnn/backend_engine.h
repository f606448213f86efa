// The engines that the stand-in offers for every graph, in the order in which its heuristics propose them.
#ifndef HARDNET_STANDIN_BACKEND_ENGINE_H
#define HARDNET_STANDIN_BACKEND_ENGINE_H

#include "backend_fused.h"

#include <string>
#include <vector>

namespace standin {

enum Engine : int64_t {
    NONDETERMINISTIC_ENGINE = 0, // says so in its notes, and gives other results every other time
    UNSUPPORTED_ENGINE = 1,      // no plan of it can be finalized
    WORKING_ENGINE = 2,
    ENGINES = 3
};

std::vector<int> numerical_notes(const BackendDescriptor &engine);
std::vector<int> behavior_notes(const BackendDescriptor &engine);

// A finalized configuration of the engine with that index.
BackendPointer engine_configuration(const BackendPointer &graph, int64_t index);

// The engine that a finalized plan uses, and what it computes.
int64_t engine_of(const BackendDescriptor &plan);
const FusedConvolution &fused_of(const BackendDescriptor &plan);

cudnnStatus_t check_plan(const BackendDescriptor &plan);
int64_t workspace_bytes(const BackendDescriptor &plan);

// A finalized plan as text. The stand-in keeps what it means, so that only the process that wrote it can read it.
std::string written_plan(const BackendDescriptor &plan);

// Makes a plan, not yet finalized, one that was written.
cudnnStatus_t read_plan(BackendDescriptor &plan, const std::string &text);

// Does what the plan says with the memory of the variant pack.
cudnnStatus_t execute(cudnnHandle_t handle, const BackendDescriptor &plan, const BackendDescriptor &pack);

} // namespace standin

#endif
