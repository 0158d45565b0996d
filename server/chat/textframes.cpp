#include "chat/textframes.h"

#include <QIODevice>

#include <array>
#include <cstring>

namespace runnel {

namespace {

constexpr qsizetype pieceBytes = 16 * 1024;
constexpr qsizetype headBytes = 4; // at most, of so short a piece

constexpr quint8 final = 0x80;
constexpr quint8 textFrame = 0x1;
constexpr quint8 continuation = 0x0;
constexpr char sizeInTwoBytes = 126; // and the first size that is not told in one

bool isWithinCharacter(char byte)
{
    return (quint8(byte) & 0xc0) == 0x80;
}

qsizetype nextPiece(QByteArrayView utf8)
{
    if (utf8.size() <= pieceBytes)
        return utf8.size();
    qsizetype end = pieceBytes;
    while (isWithinCharacter(utf8[end]))
        --end;
    return end;
}

} // namespace

void writeText(QIODevice &socket, QByteArrayView utf8)
{
    std::array<char, headBytes + pieceBytes> frame;
    quint8 kind = textFrame;
    do {
        const qsizetype size = nextPiece(utf8);
        std::size_t at = 0;
        frame[at++] = char(kind | (size == utf8.size() ? final : 0));
        if (size < sizeInTwoBytes) {
            frame[at++] = char(size);
        } else {
            frame[at++] = sizeInTwoBytes;
            frame[at++] = char(size >> 8);
            frame[at++] = char(size & 0xff);
        }
        if (size > 0)
            std::memcpy(frame.data() + at, utf8.data(), std::size_t(size));
        socket.write(frame.data(), qint64(at) + size);
        utf8 = utf8.sliced(size);
        kind = continuation;
    } while (!utf8.isEmpty());
}

} // namespace runnel
