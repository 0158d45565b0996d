#pragma once

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace runnel {

//! Hands out a QNetworkAccessManager that has a free connection. A manager runs a few HTTP/1.1
//! requests to a host at once and lets the next wait without a word, so a long stream needs a place
//! of its own. Each manager costs a thread: the fullest ones are used first, and those that stay
//! idle go; one stays warm.
class ManagerPool : public QObject
{
    Q_OBJECT

public:
    //! Streams that one manager carries at the same time.
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    static constexpr int streamsPerManager = 64; // by QHttp1Configuration, see prepare()
#else
    static constexpr int streamsPerManager = 6; // fixed in Qt
#endif

    //! A place for one stream; given back by the destructor.
    class Lease
    {
    public:
        Lease() = default;
        Lease(ManagerPool &pool, QNetworkAccessManager &manager);
        ~Lease();
        Lease(Lease &&other) noexcept;
        Lease &operator=(Lease &&other) noexcept;
        Q_DISABLE_COPY(Lease)

        //! Null once given back, or when the pool is gone.
        [[nodiscard]] QNetworkAccessManager *manager() const { return m_manager; }

    private:
        void giveBack();

        QPointer<ManagerPool> m_pool;
        QPointer<QNetworkAccessManager> m_manager;
    };

    //! Managers idle for \a idleTime go.
    explicit ManagerPool(std::chrono::milliseconds idleTime = std::chrono::seconds(30));
    ~ManagerPool() override;

    [[nodiscard]] Lease acquire();

    //! What every request of a leased manager needs.
    static void prepare(QNetworkRequest &request);

    [[nodiscard]] int managerCount() const
    {
        return int(m_places.size());
    }

private:
    struct Place
    {
        std::unique_ptr<QNetworkAccessManager> manager;
        int streams = 0;
        std::chrono::steady_clock::time_point idleSince;
    };

    Place &place();
    void release(const QNetworkAccessManager *manager);
    void dropIdle();

    std::chrono::milliseconds m_idleTime;
    std::vector<Place> m_places;
    QTimer m_timer;
};

} // namespace runnel
