// Rows of maps to and from tensors of planes: N x C x H x W, float32. A stretch of pixels at a time, so that what lies
// across their channels stays in the nearest cache until it lies along them.
#include "bilinear.h"
#include "channel_vector.h"
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

// Output pixels of a stretch, and the input columns that a resize may need under them.
constexpr int32_t STRETCH = 64;
constexpr int32_t MOST_COLUMNS = 64;

// Where a row of the batch lies in a tensor: its first channel, and the distance from channel to channel.
struct RowPlace {
    int64_t first;
    int64_t plane;
};

HN_INLINE RowPlace place_of(const hn_step &step, Row row) {
    const int64_t plane = static_cast<int64_t>(step.out_h) * step.out_w;
    return {row.picture * step.out_c * plane + static_cast<int64_t>(row.y) * step.out_w, plane};
}

// LANES channels of a stretch, pixel by pixel, become runs along their planes.
struct Stretch {
    alignas(64) float values[STRETCH][LANES];

    HN_ALWAYS_INLINE void write(int32_t pixels, int32_t channels, int64_t plane, float *to) const {
        for (int32_t first = 0; first < pixels; first += LANES) {
            Vec v[LANES];
#pragma GCC unroll 16
            for (int i = 0; i < LANES; i++) {
                v[i] = load(values[first + i]);
            }
            transpose(v);
            const int32_t count = smaller_of(LANES, pixels - first);
#pragma GCC unroll 16
            for (int c = 0; c < LANES; c++) {
                if (c < channels) {
                    store_some(to + c * plane + first, v[c], count);
                }
            }
        }
    }
};
static_assert(STRETCH % LANES == 0, "whole squares are transposed");

template <bool WHOLE>
HN_INLINE void copy_stretch(const ChannelVector &channels, int64_t pixel, int32_t pixels, Stretch &stretch) {
    for (int32_t i = 0; i < pixels; i++) {
        store(stretch.values[i], channels.at<WHOLE>(pixel + i));
    }
}

// Two input rows, and what lies between them in a few neighbouring columns.
struct BlendedColumns {
    int64_t top; // first pixel of the row
    int64_t bottom;
    Vec top_weight;
    Vec bottom_weight;
    alignas(64) float values[MOST_COLUMNS][LANES];

    template <bool WHOLE> HN_ALWAYS_INLINE void blend_rows(const ChannelVector &channels, int32_t first, int32_t end) {
        for (int32_t x = first; x < end; x++) {
            store(values[x - first], blend(channels.at<WHOLE>(top + x), channels.at<WHOLE>(bottom + x), top_weight,
                                           bottom_weight));
        }
    }
};

// Output pixels first to end that lie between few enough input columns.
struct ResizedStretch {
    int32_t first;
    int32_t end;
    int32_t first_column;
    int32_t end_column;
};

HN_INLINE ResizedStretch stretch_from(const Axis &axis, int32_t first, int32_t width) {
    const int32_t first_column = axis.at(first).first;
    int32_t end = first + 1;
    while (end < width && end - first < STRETCH && axis.at(end).second - first_column < MOST_COLUMNS) {
        end++;
    }
    return {first, end, first_column, axis.at(end - 1).second + 1};
}

HN_INLINE void blend_columns(const Axis &axis, const ResizedStretch &part, const BlendedColumns &columns,
                             Stretch &stretch) {
    for (int32_t x = part.first; x < part.end; x++) {
        const Between between = axis.at(x);
        store(stretch.values[x - part.first],
              blend(load(columns.values[between.first - part.first_column]),
                    load(columns.values[between.second - part.first_column]), broadcast(between.first_weight),
                    broadcast(between.second_weight)));
    }
}

void resize_row(const hn_step &step, Row row, const RowPlace &place, float *planes) {
    const Axis axis(step.in_w, step.out_w);
    const Between rows = Axis(step.in_h, step.out_h).at(row.y);
    const int64_t picture = row.picture * step.in_h;
    BlendedColumns columns = {(picture + rows.first) * step.in_w, (picture + rows.second) * step.in_w,
                              broadcast(rows.first_weight), broadcast(rows.second_weight), {}};
    Stretch stretch;
    for (int32_t first = 0; first < step.out_w;) {
        const ResizedStretch part = stretch_from(axis, first, step.out_w);
        int32_t channel = 0;
        for (ChannelVectors vectors(step); vectors.more(); channel += LANES) {
            const ChannelVector channels = vectors.next();
            if (channels.whole()) {
                columns.blend_rows<true>(channels, part.first_column, part.end_column);
            } else {
                columns.blend_rows<false>(channels, part.first_column, part.end_column);
            }
            blend_columns(axis, part, columns, stretch);
            stretch.write(part.end - part.first, smaller_of(LANES, step.out_c - channel), place.plane,
                          planes + place.first + channel * place.plane + first);
        }
        first = part.end;
    }
}

void copy_row(const hn_step &step, int64_t number, const RowPlace &place, float *planes) {
    Stretch stretch;
    for (int32_t x = 0; x < step.out_w; x += STRETCH) {
        const int32_t pixels = smaller_of(STRETCH, step.out_w - x);
        int32_t channel = 0;
        for (ChannelVectors vectors(step); vectors.more(); channel += LANES) {
            const ChannelVector channels = vectors.next();
            if (channels.whole()) {
                copy_stretch<true>(channels, number * step.out_w + x, pixels, stretch);
            } else {
                copy_stretch<false>(channels, number * step.out_w + x, pixels, stretch);
            }
            stretch.write(pixels, smaller_of(LANES, step.out_c - channel), place.plane,
                          planes + place.first + channel * place.plane + x);
        }
    }
}

// Three planes, those of a picture, in one go: a row of them is written once.
void write_colours(int64_t pixels, const float *planes, int64_t plane, Element *to, int64_t stride) {
    const float *const red = planes;
    const float *const green = planes + plane;
    const float *const blue = planes + 2 * plane;
    for (int64_t x = 0; x < pixels; x++) {
        store_one(to + x * stride, red[x]);
        store_one(to + x * stride + 1, green[x]);
        store_one(to + x * stride + 2, blue[x]);
    }
}

void write_row(const hn_step &step, int64_t number, const RowPlace &place, const float *planes) {
    Element *const row = output_of(step) + number * step.out_w * step.output_stride;
    if (step.out_c == 3) {
        write_colours(step.out_w, planes + place.first, place.plane, row, step.output_stride);
        return;
    }
    for (int32_t x = 0; x < step.out_w; x += STRETCH) {
        const int32_t end = smaller_of(x + STRETCH, step.out_w);
        for (int32_t c = 0; c < step.out_c; c++) {
            const float *const from = planes + place.first + c * place.plane;
            for (int32_t i = x; i < end; i++) {
                store_one(row + i * step.output_stride + c, from[i]);
            }
        }
    }
}

} // namespace

void write_rows(const hn_step &step, int64_t first, int64_t end, const float *planes) {
    for (int64_t number = first; number < end; number++) {
        write_row(step, number, place_of(step, row_at(step, number)), planes);
    }
}

void read_rows(const hn_step &step, int64_t first, int64_t end, float *planes) {
    for (int64_t number = first; number < end; number++) {
        const Row row = row_at(step, number);
        if (step.kind == HN_RESIZE) {
            resize_row(step, row, place_of(step, row), planes);
        } else {
            copy_row(step, number, place_of(step, row), planes);
        }
    }
}

} // namespace hardnet::HN_TIER
