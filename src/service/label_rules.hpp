#pragma once

#include <string_view>

#include "fleet/core/result.hpp"
#include "fleet/service/label_service.hpp"

/// What labels may look like (rest-api-a 14).
namespace fleet::service {

/// Names that belong to the server, whether this version has the label or not (14.1).
bool is_reserved_label(std::string_view name);

/// 422 when a text is missing or too long for its place.
Result<> check_label_texts(
    std::string_view name, std::string_view description, std::string_view platform
);

/// Which kind of label this makes; 422 when it asks for several kinds or for bad criteria.
Result<store::LabelMembership> membership_of(const NewLabel& in);
/// 422 when both ways of naming hosts are used.
Result<> check_members(const LabelMembers& members);

/// 422 in the form of the spec endpoints: the status text, with the reason below (rest-api-a 1.6).
Error spec_error(std::string reason);
/// Which kind of label the spec describes; spec_error() when it is not whole.
Result<store::LabelMembership> membership_of(const LabelSpec& spec);
/// Whether a spec repeats a built-in label as it is.
bool is_unchanged_builtin(const LabelSpec& spec, const store::Label& label);

/// Details of the activities of 8.6.
std::string label_details(const store::Label& label);

}  // namespace fleet::service
