/* The decision rule in C: notice, then judge, then chance; a day of decisions a call.

   It says what `decide` of model/day/work.py says, and all beneath it (model/rule, model/arithmetic.py,
   model/cases/draws.py): the same operations in the same order, so that the same bits come out. What the columns are
   and where they lie stands in columns.h, which benchmarks/kernel.py writes from the model's own. */

#include <math.h>
#include <string.h>

#include "columns.h"

_Static_assert(TERMS == 6, "the kernel knows six terms");

enum { NEVER = -2, ALWAYS = -1 };

typedef struct {
    double p, notice, judgment, attention;
    int bound;
    double terms[TERMS];
} Output;

static double exponential(double x)
{
    if (x > 709.782712893383973096) return INFINITY;
    if (x < -745.133219101941108420) return 0.0;
    int64_t power = (int64_t)(1.44269504088896338700e00 * x + (x >= 0.0 ? 0.5 : -0.5));
    double high = x - power * 6.93147180369123816490e-01;
    double low = power * 1.90821492927058770002e-10;
    double rest = high - low;
    double t = rest * rest;
    double c = rest - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03
        + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    double fraction = 1.0 - ((low - (rest * c) / (2.0 - c)) - high);
    if (power < -1022 || power > 1023) return ldexp(fraction, (int)power);
    uint64_t bits = (uint64_t)(power + 1023) << 52;
    double two_to_the_power;
    memcpy(&two_to_the_power, &bits, sizeof bits);
    return fraction * two_to_the_power;
}

static double sigmoid(double x)
{
    return 1.0 / (1.0 + exponential(-x));
}

static uint64_t mixed(uint64_t key)
{
    key += 0x9E3779B97F4A7C15u;
    key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
    key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
    return key ^ (key >> 31);
}

static double uniform(uint64_t seed, uint64_t subject, uint64_t purpose)
{
    return (double)(mixed(mixed(mixed(seed) ^ subject) ^ purpose) >> 11) * 0x1p-53;
}

static bool holds(const Case *one, int64_t number)
{
    if (number < 0) return number == ALWAYS;
    return (one->bits[number >> 6] >> (number & 63)) & 1;
}

static int scope_of(const Case *one, int64_t text, const Directives *directives)
{
    if (directives->excludes[text] != NEVER && holds(one, directives->excludes[text])) return 0;
    if (directives->includes[text] != NEVER && holds(one, directives->includes[text])) return 1;
    return directives->otherwise[text];
}

static double expects(int64_t text, int64_t officer, const Columns *to)
{
    return to->desks.accountability[officer * to->desks.accountability_shape[1] + text];
}

static double overlooked(int64_t text, int64_t officer, int says, const Columns *to)
{
    double mandate = to->directives.mandate[text];
    double passed = 1.0 - mandate * to->desks.exposure[officer * to->desks.exposure_shape[1] + text];
    if (says == 1 && to->directives.direction[text] > 0.0) passed *= 1.0 - expects(text, officer, to) * (to->rule.stake < 1.0 ? to->rule.stake : 1.0);
    return passed;
}

static double mandated(int64_t officer, const Case *one, int64_t stage, const Columns *to)
{
    double passed_over = 1.0;
    for (int64_t text = 0; text < to->directives.active_shape[0]; text++)
        if (to->directives.active[text] && to->directives.speaks[text * to->directives.speaks_shape[1] + stage])
            passed_over *= overlooked(text, officer, scope_of(one, text, &to->directives), to);
    return 1.0 - passed_over;
}

static double accountability(int64_t officer, const Case *one, int64_t stage, const Columns *to)
{
    const Directives *texts = &to->directives;
    double total = 0.0;
    for (int64_t text = 0; text < texts->active_shape[0]; text++)
        if (texts->active[text] && texts->speaks[text * texts->speaks_shape[1] + stage]) {
            double answers = expects(text, officer, to);
            if (answers != 0.0 && scope_of(one, text, texts) == 1)
                total += texts->direction[text] * to->rule.stake * answers * (1.0 - texts->latitude[text]);
        }
    return total;
}

static double attention_left(int64_t officer, int64_t stage, const Columns *to)
{
    double pressure = 0.0;
    for (int64_t goal = 0; goal < to->metrics.in_force_shape[0]; goal++)
        if (to->metrics.in_force[goal] && to->metrics.hastens[goal * to->metrics.hastens_shape[1] + stage])
            pressure += to->desks.pressure[officer * to->desks.pressure_shape[1] + goal];
    return 1.0 / (1.0 + to->rule.haste * pressure);
}

static double noticed(double habit, double mandate, double strain, double backlog, double foreign, double complexity)
{
    double looked = 1.0 - (1.0 - habit) * (1.0 - mandate);
    return looked * exponential(-(1.0 - habit) * (strain * backlog + foreign * complexity));
}

static double severity(double grade, bool convicted, double lens, double conviction)
{
    return -((1.0 - lens) * grade + (convicted ? lens * conviction : 0.0));
}

static double metrics(int64_t officer, const Case *one, int64_t stage, const Columns *to)
{
    double counted = 0.0;
    for (int64_t goal = 0; goal < to->metrics.in_force_shape[0]; goal++) {
        double credit = to->metrics.credit[goal * to->metrics.credit_shape[1] + stage];
        if (to->metrics.in_force[goal] && credit != 0.0 && holds(one, to->metrics.when[goal]))
            counted += to->rule.metrics * to->desks.pressure[officer * to->desks.pressure_shape[1] + goal] * credit;
    }
    return counted;
}

static double willingness(double direction, double orientation, double mission, double meaning)
{
    double distance = -direction * orientation;
    return meaning * exponential(-mission * (distance > 0.0 ? distance : 0.0));
}

static double reading(int scope, double direction, double orientation, double latitude, double slope)
{
    if (scope == 0) return 0.0;
    double own = sigmoid(slope * direction * orientation);
    return scope < 0 ? own : (1.0 - latitude) + latitude * own;
}

static double directive(int64_t officer, const Case *one, int64_t stage, const Columns *to)
{
    const Directives *texts = &to->directives;
    double asked = 0.0, orientation = to->desks.orientation[officer];
    double mission = to->units.mission[to->desks.unit[officer]];
    for (int64_t text = 0; text < texts->active_shape[0]; text++)
        if (texts->active[text] && texts->speaks[text * texts->speaks_shape[1] + stage]) {
            double direction = texts->direction[text];
            double exposure = to->desks.exposure[officer * to->desks.exposure_shape[1] + text];
            int says = scope_of(one, text, texts);
            double willing = willingness(direction, orientation, mission, texts->meaning[text]);
            double read = reading(says, direction, orientation, texts->latitude[text], to->rule.reading);
            asked += direction * texts->authority[text] * exposure * willing * read;
        }
    return asked;
}

static int bound_by_law(const Case *one, int64_t stage, const Laws *laws)
{
    int bound = 0;
    for (int64_t law = 0; law < laws->in_force_shape[0]; law++)
        if (laws->in_force[law] && laws->binds[law * laws->binds_shape[1] + stage] && holds(one, laws->when[law])) {
            if (laws->must[law] < 0) return -1;
            bound = 1;
        }
    return bound;
}

static double held(int64_t officer, int64_t custom, const Columns *to)
{
    const Directives *texts = &to->directives;
    double share = to->customs.share[custom];
    for (int64_t text = 0; text < texts->active_shape[0]; text++)
        if (texts->active[text] && texts->breaks[text * texts->breaks_shape[1] + custom])
            share *= 1.0 - to->desks.awareness[officer * to->desks.awareness_shape[1] + text];
    return share;
}

static int settled_by_custom(int64_t officer, const Case *one, int64_t stage, const Columns *to)
{
    const Customs *customs = &to->customs;
    for (int64_t custom = 0; custom < customs->share_shape[0]; custom++)
        if (customs->binds[custom * customs->binds_shape[1] + stage] && holds(one, customs->when[custom]))
            if (uniform(customs->seed, one->key, customs->key[custom]) < held(officer, custom, to))
                return 2 * customs->must[custom];
    return 0;
}

static Output consider(int64_t officer, const Case *one, int64_t stage, const Columns *to)
{
    const Units *units = &to->units;
    int64_t unit = to->desks.unit[officer];
    double grade = to->rule.grades[one->level];
    Output made;
    made.notice = noticed(to->habits[to->desks.office[officer] * to->habits_shape[1] + stage],
                          mandated(officer, one, stage, to), to->rule.strain, to->desks.backlog[officer],
                          units->complexity[unit], one->complexity);
    made.attention = attention_left(officer, stage, to);
    made.terms[0] = to->desks.orientation[officer];
    made.terms[1] = units->regard[unit] * one->merit * made.attention;
    made.terms[2] = severity(grade, one->level > 0, units->lens[unit], to->rule.conviction);
    made.terms[3] = metrics(officer, one, stage, to);
    made.terms[4] = directive(officer, one, stage, to);
    made.terms[5] = accountability(officer, one, stage, to);
    double total = to->stages.threshold[stage];
    for (int term = 0; term < TERMS; term++) total += made.terms[term];
    made.judgment = sigmoid(total);
    made.bound = bound_by_law(one, stage, &to->laws);
    if (made.bound == 0) made.bound = settled_by_custom(officer, one, stage, to);
    made.p = made.bound == 0 ? made.notice * made.judgment : made.bound > 0 ? 1.0 : 0.0;
    return made;
}

/* Decide each row of what is given, and write it into the log. */
void decide_all(int64_t rows, const Columns *to)
{
    const Log *given = &to->given, *log = &to->into;
    for (int64_t row = 0; row < rows; row++) {
        int64_t officer = given->officer[row], stage = given->stage[row], times = given->round[row];
        const Case *one = &to->cases[given->case_[row]];
        Output made = consider(officer, one, stage, to);
        uint64_t seed = to->streams.seed;
        bool seen = uniform(seed, one->key, to->streams.notice[stage] + times) < made.notice;
        bool lenient = uniform(seed, one->key, to->streams.judge[stage] + times) < made.judgment;
        log->officer[row] = given->officer[row], log->case_[row] = given->case_[row];
        log->stage[row] = stage, log->round[row] = times, log->noticed[row] = seen;
        bool favourable = made.bound == 0 ? seen && lenient : made.bound > 0;
        double spent = to->stages.screening_hours[stage] + to->stages.outcome_hours[stage * 2 + favourable];
        if (seen) spent += to->stages.review_hours[stage] * made.attention;
        log->favourable[row] = favourable, log->hours[row] = spent;
        log->p[row] = made.p, log->notice[row] = made.notice, log->judgment[row] = made.judgment;
        log->bound[row] = made.bound;
        memcpy(&log->terms[row * TERMS], made.terms, sizeof made.terms);
    }
}
