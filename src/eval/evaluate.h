// eval: gold files and folders -> scores. Nothing is assumed about where they lie.
#pragma once
#include <string>
#include <vector>

#include "engine/engine.h"
#include "eval/score.h"

namespace biruni::eval {

Scores evaluate(const std::vector<std::string>& paths, const std::string& text_path, const Engine& engine, unsigned jobs);

}  // namespace biruni::eval
