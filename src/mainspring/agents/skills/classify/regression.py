"""Multinomial logistic regression in its dual form, for few examples and very many features.

Over n examples with the kernel K = X X' the penalised likelihood is maximised by weights that are sums of the
examples (representer theorem; Zhu and Hastie 2005, "Kernel logistic regression"). So a classifier is its
examples and a number for each example and class, and every decision is a sum over examples that can be named.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_JITTER = 1e-8  # keeps the kernel of repeated examples invertible
_STEPS = 60


def fit(kernel: Floats, classes: NDArray[np.intp], count: int, strength: float) -> tuple[Floats, Floats]:
    """Weights of examples (n, count) and bias (count,) that explain the classes of the examples.

    Args:
        kernel: likeness of the examples with each other, (n, n).
        classes: the class of each example, from 0 to `count` - 1.
        count: number of classes.
        strength: how much the examples weigh against the penalty (C of support vector machines).
    """
    from scipy.linalg import cholesky, solve_triangular  # heavy, and only training needs them
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    size = len(classes)
    lower = cholesky(kernel + _JITTER * np.eye(size), lower=True)
    wanted = np.zeros((size, count))
    wanted[np.arange(size), classes] = 1.0

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, bias = flat[:-count].reshape(size, count), flat[-count:]
        scores = lower @ weights + bias
        likely = log_softmax(scores, axis=1)
        miss = np.exp(likely) - wanted
        value = -strength * float((wanted * likely).sum()) + 0.5 * float(np.vdot(weights, weights))
        slope = strength * (lower.T @ miss) + weights
        return value, np.r_[slope.ravel(), strength * miss.sum(axis=0)]

    begin = np.zeros(size * count + count)
    best = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    weights = solve_triangular(lower, best[:-count].reshape(size, count), lower=True, trans="T")
    return weights, best[-count:]


def chances(likeness: Floats, weights: Floats, bias: Floats) -> Floats:
    """Probability of each class, (m, count), for texts of that likeness (m, n) to the examples."""
    from scipy.special import softmax  # heavy, and a server starts without it

    result: Floats = softmax(likeness @ weights + bias, axis=1)
    return result
