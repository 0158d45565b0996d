#include "cache/blobseal.h"

#include <QtEndian>

#include <sodium.h>

#include <algorithm>

namespace runnel {

namespace {

static_assert(BlobSeal::keyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

constexpr char encryptedMark = 'x';
constexpr char plainMark = 'p';
constexpr qsizetype nonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype sumBytes = crypto_generichash_BYTES_MIN;

constexpr char wholeMark = 'r';
constexpr char compressedMark = 'z';
//! Below it little is saved.
constexpr qsizetype compressedFrom = 1024;

const unsigned char *unsignedData(const QByteArray &bytes, qsizetype from = 0)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData()) + from;
}

unsigned char *unsignedData(QByteArray &bytes, qsizetype from = 0)
{
    return reinterpret_cast<unsigned char *>(bytes.data()) + from;
}

//! Each with its length, so that no two places have the same bytes.
QByteArray bytesOf(const BlobPlace &place)
{
    QByteArray bytes(1, char(place.kind));
    for (const QString &part : {place.server, place.conversation, place.item}) {
        const QByteArray text = part.toUtf8();
        std::array<char, sizeof(quint32)> length{};
        qToBigEndian(quint32(text.size()), length.data());
        bytes.append(length.data(), qsizetype(length.size())).append(text);
    }
    return bytes;
}

QByteArray packed(const QByteArray &content)
{
    if (content.size() >= compressedFrom) {
        // Level 1: 6 takes three times as long for a tenth less (ADR 092).
        QByteArray small = qCompress(content, 1);
        if (small.size() < content.size())
            return small.prepend(compressedMark);
    }
    return wholeMark + content;
}

std::optional<QByteArray> unpacked(const QByteArray &content)
{
    constexpr qsizetype lengthBytes = sizeof(quint32); // qCompress() puts it in front.
    if (content.startsWith(wholeMark))
        return content.sliced(1);
    if (!content.startsWith(compressedMark) || content.size() < 1 + lengthBytes)
        return {};
    if (qFromBigEndian<quint32>(content.constData() + 1) > quint32(BlobSeal::maxBytes))
        return {};
    QByteArray whole = qUncompress(unsignedData(content, 1), content.size() - 1);
    if (whole.isEmpty())
        return {};
    return whole;
}

void writeSum(const QByteArray &place, QByteArray &blob)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, sumBytes);
    crypto_generichash_update(&state, unsignedData(place), quint64(place.size()));
    crypto_generichash_update(&state, unsignedData(std::as_const(blob), 1 + sumBytes),
                              quint64(blob.size() - 1 - sumBytes));
    crypto_generichash_final(&state, unsignedData(blob, 1), sumBytes);
}

} // namespace

BlobSeal::BlobSeal(const QByteArray &key)
    : m_encrypts(!key.isEmpty())
{
    std::copy_n(key.cbegin(), std::min(key.size(), keyBytes), m_key.begin());
}

BlobSeal::~BlobSeal()
{
    sodium_memzero(m_key.data(), m_key.size());
}

bool BlobSeal::prepare()
{
    return sodium_init() >= 0;
}

bool BlobSeal::looksEncrypted(const QByteArray &sealed)
{
    return sealed.startsWith(encryptedMark);
}

QByteArray BlobSeal::seal(const BlobPlace &place, const QByteArray &content) const
{
    const QByteArray payload = packed(content);
    const QByteArray where = bytesOf(place);
    if (!m_encrypts) {
        QByteArray blob = plainMark + QByteArray(sumBytes, '\0') + payload;
        writeSum(where, blob);
        return blob;
    }
    QByteArray blob(1 + nonceBytes + payload.size() + tagBytes, Qt::Uninitialized);
    blob[0] = encryptedMark;
    randombytes_buf(unsignedData(blob, 1), nonceBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        unsignedData(blob, 1 + nonceBytes), nullptr, unsignedData(payload), quint64(payload.size()),
        unsignedData(where), quint64(where.size()), nullptr, unsignedData(blob, 1), m_key.data());
    return blob;
}

std::optional<QByteArray> BlobSeal::open(const BlobPlace &place, const QByteArray &sealed) const
{
    const QByteArray where = bytesOf(place);
    if (m_encrypts) {
        const auto payload = decrypt(where, sealed);
        return payload ? unpacked(*payload) : std::nullopt;
    }
    if (!sealed.startsWith(plainMark) || sealed.size() < 1 + sumBytes)
        return {};
    QByteArray again = sealed;
    writeSum(where, again);
    return again == sealed ? unpacked(sealed.sliced(1 + sumBytes)) : std::nullopt;
}

std::optional<QByteArray> BlobSeal::decrypt(const QByteArray &place, const QByteArray &sealed) const
{
    const qsizetype begin = 1 + nonceBytes;
    if (!looksEncrypted(sealed) || sealed.size() < begin + tagBytes)
        return {};
    QByteArray payload(sealed.size() - begin - tagBytes, Qt::Uninitialized);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            unsignedData(payload), nullptr, nullptr, unsignedData(sealed, begin),
            quint64(sealed.size() - begin), unsignedData(place), quint64(place.size()),
            unsignedData(sealed, 1), m_key.data()) != 0)
        return {};
    return payload;
}

} // namespace runnel
