"""Exponential, logarithm and normal quantile with the same bits on every processor.

The exponential of NumPy rounds differently on processors with AVX-512 than elsewhere, and neither agrees everywhere
with the C library that compiled code and Python's ``math`` call. A last bit that the processor chose would be a draw
that belongs to no case. These functions use nothing but additions, multiplications, divisions and square roots, whose
results IEEE 754 fixes to the last bit, in a fixed order; compiled and called from Python they agree. All of `model`
uses these and no others.

Exponential and logarithm follow FDLIBM (Sun Microsystems 1993, ``e_exp.c`` and ``e_log.c``), with an error below one
unit in the last place; the quantile is algorithm AS 241 (Wichura 1988, Applied Statistics 37, 477-484), with a relative
error of about 1e-16. They divide with ``np.divide``, which does not stop to ask whether it divides by nothing: so a
processor can take several numbers at once.
"""

from math import inf, sqrt

import numpy as np
import numpy.typing as npt

from model.compiled import compiled, compiled_maker

Floats = npt.NDArray[np.float64]

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_LOG2_E = 1.44269504088896338700e00
_LARGEST, _SMALLEST = 709.782712893383973096, -745.133219101941108420
_HALF_ROOT = 0.70710678118654752440
_NORMAL, _INTO_NORMAL = 2.0**-1022, 2.0**54
_EXPONENT, _ONE_HALF, _FRACTION = 52, 0x3FE0000000000000, 0x000FFFFFFFFFFFFF
"""Of a float's bits: where the exponent begins, the exponent of a number from 1/2 to 1, and the fraction."""


@compiled
def _two_to(power: int) -> float:
    """Two to a whole power from -1022 to 1023, made of its bits."""
    return float(np.int64((power + 1023) << _EXPONENT).view(np.float64))


@compiled
def exp(x: float) -> float:
    """``e ** x``; 0 and infinity where that is below or above what a float can hold.

    >>> exp(0.0), exp(1.0), exp(-1000.0), exp(1000.0)
    (1.0, 2.718281828459045, 0.0, inf)
    """
    if x > _LARGEST:
        return inf
    if x < _SMALLEST:
        return 0.0
    power = int(_LOG2_E * x + (0.5 if x >= 0.0 else -0.5))
    high = x - power * _LN2_HIGH
    low = power * _LN2_LOW
    rest = high - low
    t = rest * rest
    c = rest - t * (
        1.66666666666666019037e-01
        + t
        * (
            -2.77777777770155933842e-03
            + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))
        )
    )
    whole = 1.0 - ((low - np.divide(rest * c, 2.0 - c)) - high)
    return float(whole * _two_to(power >> 1) * _two_to(power - (power >> 1)))


@compiled
def log(x: float) -> float:
    """The natural logarithm; minus infinity at 0. ``x`` is not negative.

    >>> log(1.0), log(10.0), log(0.0)
    (0.0, 2.302585092994046, -inf)
    """
    if x == 0.0:
        return -inf
    if not x < inf:
        return x
    bits = np.float64(x if x >= _NORMAL else x * _INTO_NORMAL).view(np.int64)
    fraction = np.int64((bits & _FRACTION) | _ONE_HALF).view(np.float64)
    power = (bits >> _EXPONENT) - (1022 if x >= _NORMAL else 1076)
    if fraction < _HALF_ROOT:
        fraction, power = 2.0 * fraction, power - 1
    f = fraction - 1.0
    s = np.divide(f, 2.0 + f)
    z = s * s
    w = z * z
    even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    odd = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    half = 0.5 * f * f
    return float(power * _LN2_HIGH - ((half - (s * (half + even + odd) + power * _LN2_LOW)) - f))


@compiled
def sigmoid(x: float) -> float:
    """The logistic function: log-odds to probability.

    >>> sigmoid(0.0), round(sigmoid(2.0), 4)
    (0.5, 0.8808)
    """
    return 1.0 / (1.0 + exp(-x))


@compiled
def normal_quantile(p: float) -> float:
    """The value below which a standard normal variable falls with probability ``p``, 0 < p < 1.

    >>> normal_quantile(0.5), round(normal_quantile(0.975), 6)
    (0.0, 1.959964)
    """
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = 6.7265770927008700853e04 + r * (3.3430575583588128105e04 + r * 2.5090809287301226727e03)
        top = 1.3731693765509461125e04 + r * (4.5921953931549871457e04 + r * top)
        top = 3.3871328727963666080e00 + r * (1.3314166789178437745e02 + r * (1.9715909503065514427e03 + r * top))
        low = 3.9307895800092710610e04 + r * (2.8729085735721942674e04 + r * 5.2264952788528545610e03)
        low = 5.3941960214247511077e03 + r * (2.1213794301586595867e04 + r * low)
        low = 1.0 + r * (4.2313330701600911252e01 + r * (6.8718700749205790830e02 + r * low))
        return q * top / low
    r = sqrt(-log(p if q < 0.0 else 1.0 - p))
    if r <= 5.0:
        r -= 1.6
        top = 2.41780725177450611770e-01 + r * (2.27238449892691845833e-02 + r * 7.74545014278341407640e-04)
        top = 3.64784832476320460504e00 + r * (1.27045825245236838258e00 + r * top)
        top = 1.42343711074968357734e00 + r * (4.63033784615654529590e00 + r * (5.76949722146069140550e00 + r * top))
        low = 1.51986665636164571966e-02 + r * (5.47593808499534494600e-04 + r * 1.05075007164441684324e-09)
        low = 6.89767334985100004550e-01 + r * (1.48103976427480074590e-01 + r * low)
        low = 1.0 + r * (2.05319162663775882187e00 + r * (1.67638483018380384940e00 + r * low))
    else:
        r -= 5.0
        top = 1.24266094738807843860e-03 + r * (2.71155556874348757815e-05 + r * 2.01033439929228813265e-07)
        top = 2.96560571828504891230e-01 + r * (2.65321895265761230930e-02 + r * top)
        top = 6.65790464350110377720e00 + r * (5.46378491116411436990e00 + r * (1.78482653991729133580e00 + r * top))
        low = 1.84631831751005468180e-05 + r * (1.42151175831644588870e-07 + r * 2.04426310338993978564e-15)
        low = 1.48753612908506148525e-02 + r * (7.86869131145613259100e-04 + r * low)
        low = 1.0 + r * (5.99832206555887937690e-01 + r * (1.36929880922735805310e-01 + r * low))
    return -top / low if q < 0.0 else top / low


@compiled_maker
def exps(x: Floats) -> Floats:
    """`exp` of every entry; shape as ``x``."""
    out = np.empty(x.size, np.float64)
    flat = x.ravel()
    for row in range(flat.size):
        out[row] = exp(flat[row])
    return out.reshape(x.shape)


@compiled_maker
def logs(x: Floats) -> Floats:
    """`log` of every entry; shape as ``x``."""
    out = np.empty(x.size, np.float64)
    flat = x.ravel()
    for row in range(flat.size):
        out[row] = log(flat[row])
    return out.reshape(x.shape)
