// The gold sets, each known by its keys. A function a kind; definitions in docs/formats/eval.md.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "eval/predict.h"
#include "eval/score.h"

namespace biruni::eval {

/// A gold file: its name as figures carry it, its path.
/// `half`: 1 only the rows whose id ends in an odd number, 2 the even ones, 0 all (so that one half can stay unseen).
struct GoldFile { std::string set, path; int half = 0; };

void score_detection(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out);
void score_spans(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out);
void score_surest(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out);   // en_plover_gsr
void score_marked(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out);   // en_plv_train
void score_parallel(const std::string& set, const std::vector<std::string>& ar, const std::vector<std::string>& en,
                    const std::vector<std::string>& langs, const Predictor& predictor, Scores& out);          // ntrex
void score_stance(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out);

void score_claims(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out);   // eval/claims
void score_actors(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out);   // eval/actors
/// The lines of a corpus with `id`, `lang`, `date`, `text`, as objects and as documents; those of the half that is asked for.
void read_rows(const GoldFile& file, const std::string& bytes, std::vector<nlohmann::json>& rows, std::vector<Document>& docs);

struct Golden { GoldFile file; std::string bytes; Document doc; };
void score_goldens(const std::string& set, const std::vector<Golden>& goldens, const Predictor& predictor, Scores& out);

/// Whether a predicted holder or name is the one that gold writes: equal, one within the other, or half of the words.
bool same_name(const std::string& gold, const PredictedHolder& holder);
/// Names of anything but countries, leniently: case, accents, hyphens, transliteration. Codes of three capitals: exactly.
bool alike(const std::string& gold, const std::string& have);
bool same_person(const std::string& gold, const PredictedActor& actor);

}  // namespace biruni::eval
