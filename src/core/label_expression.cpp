#include "fleet/core/label_expression.hpp"

#include <charconv>

namespace fleet {
namespace {

using Kind = LabelExpression::Kind;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Recursive descent, one function a level of precedence.
class Parser {
public:
    explicit Parser(std::string_view text) : text_{text} {}

    Result<LabelExpression> whole() {
        FLEET_TRY(LabelExpression out, chain(Kind::any, "or", 0));
        skip_blanks();
        if (at_ < text_.size()) return fail(unexpected());
        return out;
    }

private:
    /// One or more parts with `word` between them.
    Result<LabelExpression> chain(Kind kind, std::string_view word, int depth) {
        FLEET_TRY(LabelExpression first, part_of(kind, depth));
        if (!take(word)) return first;
        LabelExpression out;
        out.kind = kind;
        out.parts.push_back(std::move(first));
        do {
            FLEET_TRY(LabelExpression next, part_of(kind, depth));
            out.parts.push_back(std::move(next));
        } while (take(word));
        return out;
    }

    Result<LabelExpression> part_of(Kind kind, int depth) {
        return kind == Kind::any ? chain(Kind::all, "and", depth) : term(depth);
    }

    Result<LabelExpression> term(int depth) {
        if (depth > kDeepestLabelTerm) return fail(Error::bad_request("nested too deep"));
        if (take("not")) {
            FLEET_TRY(LabelExpression inner, term(depth + 1));
            LabelExpression out;
            out.kind = Kind::none_of;
            out.parts.push_back(std::move(inner));
            return out;
        }
        skip_blanks();
        if (at_ >= text_.size()) return fail(Error::bad_request("a label is missing at the end"));
        if (text_[at_] == '(') {
            ++at_;
            FLEET_TRY(LabelExpression out, chain(Kind::any, "or", depth + 1));
            skip_blanks();
            if (at_ >= text_.size()) return fail(Error::bad_request("a bracket is not closed"));
            if (text_[at_] != ')') return fail(unexpected());
            ++at_;
            return out;
        }
        if (++terms_ > kMostLabelTerms) return fail(Error::bad_request("too many labels"));
        if (text_[at_] == '\'' || text_[at_] == '"') return named();
        if (is_digit(text_[at_])) return numbered();
        return fail(unexpected());
    }

    Result<LabelExpression> numbered() {
        std::uint64_t id = 0;
        const char* begin = text_.data() + at_;
        const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), id);
        if (error != std::errc{}) return fail(unexpected());
        at_ += static_cast<std::size_t>(end - begin);
        LabelExpression out;
        out.label = LabelId{id};
        return out;
    }

    Result<LabelExpression> named() {
        const char quote = text_[at_++];
        LabelExpression out;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c != quote) {
                out.name += c;
                continue;
            }
            if (at_ < text_.size() && text_[at_] == quote) {
                out.name += quote;
                ++at_;
                continue;
            }
            if (out.name.empty()) return fail(Error::bad_request("a label's name is empty"));
            return out;
        }
        return fail(Error::bad_request("a quote is not closed"));
    }

    /// Takes a keyword when it comes next and is a word by itself.
    bool take(std::string_view word) {
        skip_blanks();
        if (text_.size() - at_ < word.size()) return false;
        for (std::size_t i = 0; i < word.size(); ++i) {
            if (lower(text_[at_ + i]) != word[i]) return false;
        }
        const std::size_t end = at_ + word.size();
        if (end < text_.size()) {
            const char next = text_[end];
            if (!is_blank(next) && next != '(' && next != ')' && next != '\'' && next != '"') {
                return false;
            }
        }
        at_ = end;
        return true;
    }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_]))
            ++at_;
    }

    Error unexpected() const {
        return Error::bad_request(
            "unexpected text at position " + std::to_string(at_ + 1) +
            ": use ids or quoted names with and, or, not and brackets"
        );
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t terms_ = 0;
};

}  // namespace

void LabelExpression::each_label(const std::function<void(LabelExpression&)>& visit) {
    if (kind == Kind::label) visit(*this);
    for (LabelExpression& part : parts)
        part.each_label(visit);
}

Result<LabelExpression> parse_label_expression(std::string_view text) {
    return Parser{text}.whole();
}

}  // namespace fleet
