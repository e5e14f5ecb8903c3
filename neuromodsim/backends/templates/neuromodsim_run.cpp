#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <set>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "objects.h"
{% if cuda %}
#include "brianlib/cuda_utils.h"
{% endif %}
#include "neuromodsim_run.h"
{% for name in recorders %}
void _run_{{ recorders[name] }}();
{% endfor %}

namespace {

struct Bytes
{
    char* data;
    size_t size;
};

std::map<std::string, Bytes> given;  // parts of inputs.bin, which stays on disk until it is read
std::set<std::string> used;

[[noreturn]] void refuse(const std::string& what)
{
    std::fprintf(stderr, "neuromodsim: %s\n", what.c_str());
    std::exit(3);
}

char* take(const std::string& name, size_t bytes)
{
    auto found = given.find(name);
    if (found == given.end()) refuse("no value was given for '" + name + "'");
    if (found->second.size != bytes)
        refuse("'" + name + "' needs " + std::to_string(bytes) + " bytes, not "
               + std::to_string(found->second.size));
    used.insert(name);
    return found->second.data;
}

template <typename T> T number(const std::string& name)
{
    T value;
    std::memcpy(&value, take(name, sizeof(T)), sizeof(T));
    return value;
}

uint32_t checksum(const void* data, size_t bytes)  // CRC-32, as in zlib
{
    static uint32_t table[256];
    if (!table[1])
        for (uint32_t n = 0; n < 256; n++) {
            uint32_t c = n;
            for (int bit = 0; bit < 8; bit++) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
    uint32_t crc = 0xFFFFFFFFu;
    const unsigned char* byte = static_cast<const unsigned char*>(data);
    for (size_t k = 0; k < bytes; k++) crc = table[(crc ^ byte[k]) & 255] ^ (crc >> 8);
    return ~crc;
}

std::FILE* echo = nullptr;

void store(const char* name, void* place, size_t bytes)
{
    std::memcpy(place, take(name, bytes), bytes);
    std::fprintf(echo, "%s\t%u\n", name, checksum(place, bytes));
}

// A table is read where it lies, in the file: what is never looked up is never in memory twice.
template <typename T> void lend(const char* name, T*& place, size_t bytes)
{
    delete[] place;
    place = reinterpret_cast<T*>(take(name, bytes));
    std::fprintf(echo, "%s\t%u\n", name, checksum(place, bytes));
}

size_t round_up(size_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace

namespace neuromodsim {

void read_inputs()
{
    const int file = open("inputs.bin", O_RDONLY);
    struct stat about;
    if (file < 0 || fstat(file, &about)) refuse("there is no inputs.bin");
    const size_t end = about.st_size;
    // Private: what a program might write stays its own.
    void* place = mmap(nullptr, end, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    close(file);
    if (place == MAP_FAILED) refuse("inputs.bin cannot be mapped");
    char* const start = static_cast<char*>(place);
    size_t at = 0;
    while (at < end) {
        uint64_t length[2];
        if (at + sizeof length > end) refuse("inputs.bin is cut short");
        std::memcpy(length, start + at, sizeof length);
        const size_t data = round_up(at + sizeof length + length[0]);
        if (data + length[1] > end) refuse("inputs.bin is cut short");
        const std::string name(start + at + sizeof length, length[0]);
        if (!given.emplace(name, Bytes{start + data, length[1]}).second) refuse("'" + name + "' is given twice");
        at = round_up(data + length[1]);
    }
    if (at != end) refuse("inputs.bin is cut short");
    echo = std::fopen("echo.txt", "w");
    if (!echo) refuse("echo.txt cannot be written");
}

void wire(const char* projection)
{
    using namespace brian;
    {% for name, size in pairs if size %}
    if (!std::strcmp(projection, "{{ name }}")) {
        store("{{ name }}.sources", _array_{{ name }}_sources, {{ size }} * sizeof(int32_t));
        store("{{ name }}.targets", _array_{{ name }}_targets, {{ size }} * sizeof(int32_t));
    }
    {% endfor %}
}

void store_inputs()
{
    using namespace brian;
    {% for name, size in pairs if not size %}  // a projection without synapses is not wired
    store("{{ name }}.sources", &echo, 0);
    store("{{ name }}.targets", &echo, 0);
    {% endfor %}
    {% for name, place, bytes in places %}
    store("{{ name }}", {{ place }}, {{ bytes }});
    {% if cuda %}
    {% set twin = "thrust::raw_pointer_cast(dev%s)" % place if place.endswith(".data()") else "dev%s" % place %}
    CUDA_SAFE_CALL(cudaMemcpy({{ twin }}, {{ place }}, {{ bytes }}, cudaMemcpyHostToDevice));
    {% endif %}
    {% endfor %}
    {% for name, place, bytes in tables %}
    lend("{{ name }}", {{ place }}, {{ bytes }});
    {% if cuda %}
    CUDA_SAFE_CALL(cudaMemcpy(dev{{ place }}, {{ place }}, {{ bytes }}, cudaMemcpyHostToDevice));
    {% endif %}
    {% endfor %}
    {% if cuda %}
    random_number_buffer.set_seed(number<uint64_t>("seed"));
    {% else %}
    _random_generators[0].seed(static_cast<unsigned long>(number<uint64_t>("seed")));
    {% endif %}
    steps();
    {% for name in recorders %}
    take("window:{{ name }}", 16);
    {% endfor %}
    for (const auto& entry : given)
        if (!used.count(entry.first)) refuse("nothing takes the value '" + entry.first + "'");
    if (std::fclose(echo)) refuse("echo.txt cannot be written");
}

void give_back_tables()  // before Brian frees what it believes to be its own
{
    using namespace brian;
    {% for name, place, bytes in tables %}
    {{ place }} = nullptr;
    {% endfor %}
}

void window(void (*func)(), int64_t& first, int64_t& last)
{
    {% for name in recorders %}
    if (func == _run_{{ recorders[name] }}) {
        int64_t edges[2];
        std::memcpy(edges, take("window:{{ name }}", 16), 16);
        first = edges[0];
        last = edges[1];
    }
    {% endfor %}
}

int64_t steps() { return number<int64_t>("steps"); }

double time_step() { return {{ dt }}; }

}  // namespace neuromodsim
