// Scores words against a treebank in CoNLL-U: borders inside words, parts of speech, lemmas of verbs, as records show them.
//
//   score_treebank(bytes, engine, set, scores);
//
// Tags are compared on words whose borders are right, punctuation excluded: exactly, and with the classes that treebanks
// draw differently taken as one (function words; pronouns and determiners; verbs and auxiliaries; symbols). Each
// sentence is a document of its own. Not thread-safe.
#pragma once
#include <string>

#include "engine/engine.h"
#include "eval/score.h"

namespace biruni::eval {

void score_treebank(const std::string& path, const Engine& engine, const std::string& set, Scores& out);

}  // namespace biruni::eval
