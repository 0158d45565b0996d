#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <optional>

namespace runnel {

//! What a blob is and whose. A blob that was sealed for one place cannot be opened at another.
struct BlobPlace
{
    //! The values are in the file: none is changed or used anew.
    enum class Kind : quint8 { Check = 1, Conversation = 2, Snapshot = 3, Unsent = 4, List = 5 };

    Kind kind = Kind::Check;
    QString server{};
    QString conversation{};
    QString item{};
};

//! Makes of a content the blob that stands in the file, and back: compressed where that saves
//! something, then encrypted and authenticated with a key, or only guarded by a checksum without
//! one. Immutable, so any thread may use it.
//!
//! A blob with a key: 'x', a random nonce of 24 bytes, XChaCha20-Poly1305 (libsodium's
//! crypto_aead_xchacha20poly1305_ietf) of a byte that tells whether it is compressed and the
//! content, its tag; the place is the associated data. Without: 'p', 16 bytes of BLAKE2b of the
//! place and the rest, that byte, the content.
class BlobSeal
{
public:
    static constexpr qsizetype keyBytes = 32;
    //! No content may be larger.
    static constexpr qsizetype maxBytes = 17 * 1024 * 1024;

    //! \a key has keyBytes, or none for a seal that does not encrypt. libsodium must be ready.
    explicit BlobSeal(const QByteArray &key);
    ~BlobSeal();
    Q_DISABLE_COPY_MOVE(BlobSeal)

    //! Makes libsodium ready; false when this system gives no random numbers. From any thread, as
    //! often as one likes.
    [[nodiscard]] static bool prepare();

    [[nodiscard]] bool encrypts() const { return m_encrypts; }
    [[nodiscard]] QByteArray seal(const BlobPlace &place, const QByteArray &content) const;
    //! Nothing when it was sealed with another key or for another place, or is not as it was.
    [[nodiscard]] std::optional<QByteArray> open(const BlobPlace &place,
                                                 const QByteArray &sealed) const;

    //! Whether it says of itself that it is encrypted; nobody vouches for that.
    [[nodiscard]] static bool looksEncrypted(const QByteArray &sealed);

private:
    [[nodiscard]] std::optional<QByteArray> decrypt(const QByteArray &place,
                                                    const QByteArray &sealed) const;

    const bool m_encrypts;
    std::array<unsigned char, keyBytes> m_key{};
};

} // namespace runnel
