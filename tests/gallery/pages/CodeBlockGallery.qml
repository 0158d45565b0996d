import QtQuick
import Runnel.Ui

Page {
    title: "CodeBlock"
    about: "Code with its language and Copy above it; long lines scroll in the block’s own frame, or are wrapped."

    Sample {
        caption: "C++"
        CodeBlock {
            width: parent.width
            language: "cpp"
            code: "#include <iostream>\n\n// Says it.\nint main()\n{\n    std::cout << \"Hello\" << 42;\n}"
        }
    }
    Sample {
        caption: "Python"
        CodeBlock {
            width: parent.width
            language: "python"
            code: "# Says it.\ndef hello(name: str) -> None:\n    for i in range(3):\n        print(f\"Hello {name}\", i)"
        }
    }
    Sample {
        caption: "Without a language"
        CodeBlock {
            width: parent.width
            language: ""
            code: "$ runnel-desktop --server https://chat.example.org"
        }
    }
    Sample {
        caption: "A line that is too long"
        CodeBlock {
            width: parent.width
            language: "json"
            code: "{ \"river\": \"Nile\", \"length\": 6650, \"countries\": [\"Uganda\", \"South Sudan\", \"Sudan\", \"Egypt\"] }"
        }
    }
    Sample {
        caption: "Nothing yet"
        CodeBlock {
            width: parent.width
            language: "diff"
            code: ""
        }
    }
    Sample {
        caption: "A difference"
        CodeBlock {
            width: parent.width
            language: "diff"
            code: "@@ -1,2 +1,2 @@\n-the longest river: Amazon\n+the longest river: Nile\n (most say)"
        }
    }
}
