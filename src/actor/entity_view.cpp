#include "actor/actor_stage.h"

namespace biruni {

EntityView entity_view(const World& world, const MentionLayer& mentions, EntityRef ref) {
  EntityView v;
  if (!ref.valid()) return v;
  if (ref.local) {
    if (ref.index >= mentions.locals.size()) return v;
    const LocalEntity& e = mentions.locals[ref.index];
    v.id = e.id;
    v.name = e.name;
    v.type = e.type;
    v.country = country_code(world, e.country);
    v.sector = world.sector(e.sector);
    return v;
  }
  const EntityRow& e = world.entity(ref.index);
  v.id = world.id(ref.index);
  v.name = world.name(ref.index);
  v.type = World::record_type(e.type);
  v.country = country_code(world, e.type == WorldType::kCountry ? ref.index : e.country);
  v.sector = world.sector(e.sector);
  v.world = ref.index;
  return v;
}

}  // namespace biruni
