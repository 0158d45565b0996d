// Turns a YAML document into JSON, at build time: runnel-yamltojson INPUT.yaml OUTPUT.json
// Plain scalars are read as YAML 1.2's core schema does; quoted ones are strings. Keys keep their
// order, so that the document reads as it was written.

#include <yaml-cpp/yaml.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

namespace {

void writeString(std::ostream &out, const std::string &text)
{
    out << '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out << '\\' << c;
        } else if (byte < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", unsigned(byte));
            out << escape;
        } else {
            out << c;
        }
    }
    out << '"';
}

//! A number as JSON has it; YAML's other forms stay strings.
bool isNumber(const std::string &text)
{
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    if (at >= text.size() || std::isdigit(static_cast<unsigned char>(text[at])) == 0)
        return false;
    if (text[at] == '0' && at + 1 < text.size() && text[at + 1] != '.')
        return false;
    bool point = false;
    for (; at < text.size(); ++at) {
        if (text[at] == '.' && !point && at + 1 < text.size())
            point = true;
        else if (std::isdigit(static_cast<unsigned char>(text[at])) == 0)
            return false;
    }
    return true;
}

void write(std::ostream &out, const YAML::Node &node)
{
    switch (node.Type()) {
    case YAML::NodeType::Map: {
        out << '{';
        const char *comma = "";
        for (const auto &member : node) {
            out << comma;
            writeString(out, member.first.Scalar());
            out << ':';
            write(out, member.second);
            comma = ",";
        }
        out << '}';
        return;
    }
    case YAML::NodeType::Sequence: {
        out << '[';
        const char *comma = "";
        for (const auto &element : node) {
            out << comma;
            write(out, element);
            comma = ",";
        }
        out << ']';
        return;
    }
    case YAML::NodeType::Scalar: {
        const std::string &text = node.Scalar();
        const bool plain = node.Tag() == "?";
        if (plain && (text == "true" || text == "false" || isNumber(text)))
            out << text;
        else
            writeString(out, text);
        return;
    }
    case YAML::NodeType::Null:
    case YAML::NodeType::Undefined:
        out << "null";
        return;
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::cerr << "Usage: runnel-yamltojson INPUT.yaml OUTPUT.json\n";
        return EXIT_FAILURE;
    }
    try {
        const YAML::Node document = YAML::LoadFile(argv[1]);
        std::ofstream out(argv[2]);
        write(out, document);
        out << '\n';
        out.close();
        if (!out) {
            std::cerr << "Cannot write " << argv[2] << '\n';
            return EXIT_FAILURE;
        }
    } catch (const YAML::Exception &error) {
        std::cerr << argv[1] << ": " << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
