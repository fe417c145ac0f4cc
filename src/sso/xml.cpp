#include "xml.hpp"

#include <libxml/parser.h>

#include <cstring>

namespace fleet::sso {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;

const xmlChar* to_xml(const char* text) {
    return reinterpret_cast<const xmlChar*>(text);
}

std::string take(xmlChar* text) {
    if (text == nullptr) return {};
    std::string out{reinterpret_cast<const char*>(text)};
    xmlFree(text);
    return out;
}

std::string trimmed(const std::string& text) {
    constexpr const char* kWhite = " \t\r\n";
    const auto first = text.find_first_not_of(kWhite);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

}  // namespace

Document parse_xml(std::string_view text) {
    if (text.size() > kMostBytes || text.find('\0') != std::string_view::npos ||
        text.find("<!DOCTYPE") != std::string_view::npos) {
        return nullptr;
    }
    xmlInitParser();
    Document doc{xmlReadMemory(
        text.data(),
        static_cast<int>(text.size()),
        nullptr,
        "UTF-8",
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
    )};
    if (doc && (doc->intSubset != nullptr || doc->extSubset != nullptr)) return nullptr;
    return doc;
}

bool is_element(const xmlNode* node, const char* ns, const char* name) {
    return node != nullptr && node->type == XML_ELEMENT_NODE && node->ns != nullptr &&
           xmlStrEqual(node->name, to_xml(name)) != 0 &&
           xmlStrEqual(node->ns->href, to_xml(ns)) != 0;
}

std::vector<xmlNode*> children(const xmlNode* parent, const char* ns, const char* name) {
    std::vector<xmlNode*> out;
    if (parent == nullptr) return out;
    for (xmlNode* node = parent->children; node != nullptr; node = node->next) {
        if (is_element(node, ns, name)) out.push_back(node);
    }
    return out;
}

xmlNode* only_child(const xmlNode* parent, const char* ns, const char* name) {
    const auto all = children(parent, ns, name);
    return all.size() == 1 ? all.front() : nullptr;
}

xmlNode* first_below(xmlNode* parent, const char* ns, const char* name) {
    // libxml2 bounds the depth of what it parses.
    for (xmlNode* node = parent; node != nullptr; node = node->next) {
        if (is_element(node, ns, name)) return node;
        if (node->type != XML_ELEMENT_NODE) continue;
        if (xmlNode* found = first_below(node->children, ns, name)) return found;
    }
    return nullptr;
}

std::string text_of(const xmlNode* node) {
    return node == nullptr ? std::string{} : trimmed(take(xmlNodeGetContent(node)));
}

std::optional<std::string> attribute(const xmlNode* node, const char* name) {
    xmlChar* value = node == nullptr ? nullptr : xmlGetNoNsProp(node, to_xml(name));
    if (value == nullptr) return std::nullopt;
    return take(value);
}

}  // namespace fleet::sso
