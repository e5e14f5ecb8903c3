// Arrays begin where a cache line does, so that no vector is read from two lines.
#include <cstdlib>
#include <new>

static void* lines(std::size_t bytes)
{
    void* place = nullptr;
    if (bytes < 512) place = std::malloc(bytes ? bytes : 1);
    else if (posix_memalign(&place, 64, bytes)) place = nullptr;
    if (!place) throw std::bad_alloc();
    return place;
}

void* operator new(std::size_t bytes) { return lines(bytes); }
void* operator new[](std::size_t bytes) { return lines(bytes); }
void operator delete(void* place) noexcept { std::free(place); }
void operator delete[](void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }
void operator delete[](void* place, std::size_t) noexcept { std::free(place); }
