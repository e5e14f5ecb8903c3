#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>
#include "objects.h"
{% if cuda %}
#include "brianlib/cuda_utils.h"
{% endif %}
#include "neuromodsim_run.h"
{% for name in recorders %}
void _run_{{ recorders[name] }}();
{% endfor %}

namespace {

std::map<std::string, std::vector<char>> given;
std::set<std::string> used;

[[noreturn]] void refuse(const std::string& what)
{
    std::fprintf(stderr, "neuromodsim: %s\n", what.c_str());
    std::exit(3);
}

const std::vector<char>& take(const std::string& name, size_t bytes)
{
    auto found = given.find(name);
    if (found == given.end()) refuse("no value was given for '" + name + "'");
    if (found->second.size() != bytes)
        refuse("'" + name + "' needs " + std::to_string(bytes) + " bytes, not "
               + std::to_string(found->second.size()));
    used.insert(name);
    return found->second;
}

template <typename T> T number(const std::string& name)
{
    T value;
    std::memcpy(&value, take(name, sizeof(T)).data(), sizeof(T));
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
    std::memcpy(place, take(name, bytes).data(), bytes);
    std::fprintf(echo, "%s\t%u\n", name, checksum(place, bytes));
}

}  // namespace

namespace neuromodsim {

void read_inputs()
{
    std::ifstream file("inputs.bin", std::ios::binary);
    if (!file) refuse("there is no inputs.bin");
    uint64_t length[2];
    while (file.read(reinterpret_cast<char*>(length), sizeof length)) {
        std::string name(length[0], ' ');
        std::vector<char> bytes(length[1]);
        file.read(&name[0], length[0]);
        file.read(bytes.data(), length[1]);
        if (!file) refuse("inputs.bin is cut short");
        if (!given.emplace(name, std::move(bytes)).second) refuse("'" + name + "' is given twice");
    }
    echo = std::fopen("echo.txt", "w");
    if (!echo) refuse("echo.txt cannot be written");
}

void wire(const char* projection)
{
    using namespace brian;
    {% for name, size in pairs %}
    if (!std::strcmp(projection, "{{ name }}")) {
        store("{{ name }}.sources", _array_{{ name }}_sources, {{ size }} * sizeof(int32_t));
        store("{{ name }}.targets", _array_{{ name }}_targets, {{ size }} * sizeof(int32_t));
    }
    {% endfor %}
}

void store_inputs()
{
    using namespace brian;
    {% for name, place, bytes in places %}
    store("{{ name }}", {{ place }}, {{ bytes }});
    {% if cuda %}
    {% set twin = "thrust::raw_pointer_cast(dev%s)" % place if place.endswith(".data()") else "dev%s" % place %}
    CUDA_SAFE_CALL(cudaMemcpy({{ twin }}, {{ place }}, {{ bytes }}, cudaMemcpyHostToDevice));
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

void window(void (*func)(), int64_t& first, int64_t& last)
{
    {% for name in recorders %}
    if (func == _run_{{ recorders[name] }}) {
        int64_t edges[2];
        std::memcpy(edges, take("window:{{ name }}", 16).data(), 16);
        first = edges[0];
        last = edges[1];
    }
    {% endfor %}
}

int64_t steps() { return number<int64_t>("steps"); }

double time_step() { return {{ dt }}; }

}  // namespace neuromodsim
