// eval: gold files and folders -> scores. Nothing is assumed about where they lie.
#pragma once
#include <string>
#include <vector>

#include "engine/engine.h"
#include "eval/score.h"

namespace biruni::eval {

/// `half`: of corpora with numbered ids only the odd (1) or even (2) rows.
Scores evaluate(const std::vector<std::string>& paths, const std::string& text_path, const Engine& engine, unsigned jobs, int half = 0);

}  // namespace biruni::eval
