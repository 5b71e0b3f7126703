#include "matching_support.h"

#include "matching/distance.h"

/* Two points and the length of the great circle between them in metres. */
static const struct {
    int32_t latitude, longitude, other_latitude, other_longitude, metres;
} known[] = {
    {50633000, 3066000, 48856600, 2352200, 204074},    /* Lille, Paris */
    {48390000, -4486000, 48573400, 7752100, 901296},   /* Brest, Strasbourg */
    {51034000, 2377000, 42698600, 2895600, 927687},    /* Dunkerque, Perpignan */
    {41919200, 8738600, 42697300, 9450900, 104483},    /* Ajaccio, Bastia */
    {-20882100, 55450700, -21339300, 55478100, 50918}, /* Saint-Denis, Saint-Pierre, La Réunion */
    {4922700, -52326900, 5159800, -52649900, 44442},   /* Cayenne, Kourou */
    {-13282500, -176173600, -13833300, -171766700,
     480283}, /* Mata-Utu, Apia: across the date line */
    {23604450, -42859001, 21619677, -37517867, 590941},
    {-38947772, -119223010, -38964063, -118401748, 71036},
    {-26905555, 24417849, -33194709, 26046984, 716652},
    {-26535398, -172959373, -30899276, -174111735, 498073},
    {-22488512, -82248874, -23153798, -81651001, 96059},
    {46991258, -141381943, 47053243, -141320082, 8336},
    {-295165, -111978868, -394700, -112077476, 15579},
    {-31887241, -64314429, -31943599, -64338590, 6669},
    {-17902427, -73222107, -11203591, -69849999, 828480},
    {23984085, -70059835, 24065132, -70108225, 10265},
    {59955977, 25741546, 59001213, 25499016, 107045},
    {-4312164, -90903024, -4343008, -90985949, 9813},
    {-15459245, -18209066, -13625427, -26152307, 878848},
    {19990940, 1406999, 19972193, 1400152, 2204},
    {49859636, -15683004, 50320134, -16020738, 56590},
    {-35200156, 78352155, -34722358, 77721505, 78265},
    {-52349465, -42463425, -52252911, -42469671, 10745},
    {10000000, 179900000, 10000000, -179900000, 21901}, /* across the date line */
};

static void distances_are_right_within_one_percent(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int64_t metres = distance_metres(known[i].latitude, known[i].longitude,
                                         known[i].other_latitude, known[i].other_longitude);
        assert_in_range(metres, known[i].metres - known[i].metres / 100 - 1,
                        known[i].metres + known[i].metres / 100 + 1);
    }
}

static void distances_are_the_same_both_ways(void **state)
{
    (void)state;
    uint64_t random = 2;
    for (int i = 0; i < 10000; i++) {
        int32_t latitude = support_between(&random, -90000000, 90000000);
        int32_t longitude = support_between(&random, -180000000, 180000000);
        int32_t other_latitude = support_between(&random, -90000000, 90000000);
        int32_t other_longitude = support_between(&random, -180000000, 180000000);
        int64_t there = distance_metres(latitude, longitude, other_latitude, other_longitude);
        int64_t back = distance_metres(other_latitude, other_longitude, latitude, longitude);
        assert_int_equal(there, back);
        assert_int_equal(distance_metres(latitude, longitude, latitude, longitude), 0);
        int32_t radius = support_between(&random, 0, 1000000);
        assert_int_equal(
            distance_within(latitude, longitude, other_latitude, other_longitude, radius),
            there <= radius);
        if (there < 2000000000)
            assert_true(distance_within(latitude, longitude, other_latitude, other_longitude,
                                        (int32_t)there));
        if (there)
            assert_false(distance_within(latitude, longitude, other_latitude, other_longitude,
                                         (int32_t)there - 1));
    }
}

static void square_roots_round_down(void **state)
{
    (void)state;
    assert_int_equal(square_root(0), 0);
    assert_int_equal(square_root(UINT64_MAX), UINT32_MAX);
    for (uint64_t root = 1; root < UINT32_MAX; root += 1 + root / 7) {
        assert_int_equal(square_root(root * root), root);
        assert_int_equal(square_root(root * root - 1), root - 1);
        assert_int_equal(square_root(root * root + 2 * root), root);
    }
}

/* -- boxes ---------------------------------------------------------------------------------------
 */

static void no_point_within_the_radius_is_beyond(void **state)
{
    (void)state;
    uint64_t random = 3;
    int beyond = 0;
    for (int i = 0; i < 20000; i++) {
        int32_t latitude = support_between(&random, -90000000, 90000000);
        int32_t longitude = support_between(&random, -180000000, 180000000);
        int32_t radius = support_between(&random, 0, 1000000);
        struct distance_box box = DISTANCE_BOX_EMPTY;
        assert_true(distance_box_beyond(&box, latitude, longitude, radius));
        int32_t points[4][2];
        for (int j = 0; j < 4; j++) {
            points[j][0] = latitude + support_between(&random, 1000000, 9000000);
            points[j][1] = longitude + support_between(&random, -9000000, 9000000);
            points[j][0] -= points[j][0] > 90000000 ? 90000000 : 0;
            points[j][1] -= points[j][1] > 180000000 ? 360000000 : 0;
            points[j][1] += points[j][1] < -180000000 ? 360000000 : 0;
            distance_box_widen(&box, points[j][0], points[j][1]);
        }
        bool within = false;
        for (int j = 0; j < 4; j++)
            within |= distance_within(latitude, longitude, points[j][0], points[j][1], radius);
        bool out = distance_box_beyond(&box, latitude, longitude, radius);
        assert_false(within && out);
        beyond += out;
    }
    assert_true(beyond > 2000);
}

/* A box of a single point is beyond exactly when the point is not within. */
static void a_point_is_a_box(void **state)
{
    (void)state;
    uint64_t random = 4;
    for (int i = 0; i < 20000; i++) {
        int32_t latitude = support_between(&random, -89000000, 89000000);
        int32_t longitude = support_between(&random, -179000000, 179000000);
        int32_t north = latitude + support_between(&random, -1000000, 1000000);
        int32_t east = longitude + support_between(&random, -1000000, 1000000);
        int32_t radius = support_between(&random, 0, 150000);
        struct distance_box box = DISTANCE_BOX_EMPTY;
        distance_box_widen(&box, north, east);
        assert_int_equal(distance_box_beyond(&box, latitude, longitude, radius),
                         !distance_within(latitude, longitude, north, east, radius));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_right_within_one_percent),
        cmocka_unit_test(distances_are_the_same_both_ways),
        cmocka_unit_test(square_roots_round_down),
        cmocka_unit_test(no_point_within_the_radius_is_beyond),
        cmocka_unit_test(a_point_is_a_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
