// The index with other weights, as indicators/statistics/composite.py computes it; nothing here knows the page.

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// Population standard deviation: divided by n, because every area of the city is known.
export function deviation(values) {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

export function roundHalfUp(value, decimals) {
  const factor = 10 ** decimals;
  const scaled = Math.abs(value) * factor;
  // Decimals such as 1.005 have no exact float: what lies within the noise of a float below a half counts as a half.
  return (Math.sign(value) * Math.floor(scaled + 0.5 + 1e-9)) / factor + 0;
}

// Scores in the order of the areas; null when all weights are zero.
export function scores(comparable, weights, rules) {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (!whole) {
    return null;
  }
  const factors = rules.combining === "mean" ? weights.map((weight) => weight / whole) : weights;
  const sums = comparable.map((row) => row.reduce((sum, value, i) => sum + factors[i] * value, 0));
  if (!rules.again) {
    return sums;
  }
  const spread = deviation(sums);
  const middle = mean(sums);
  const largest = Math.max(...comparable.flatMap((row) => row.map((value, i) => Math.abs(factors[i] * value))));
  return sums.map((sum) => (spread > largest * 1e-10 ? (sum - middle) / spread : 0));
}

// The class of each score, from 0; a class begins at its limit, read from the rounded score.
export function classes(found, rules) {
  let limits = rules.limits;
  if (!rules.own && !rules.again) {
    const middle = mean(found);
    const spread = deviation(found);
    limits = limits.map((limit) => middle + limit * (spread || 1));
  }
  return found.map((score) => {
    const published = roundHalfUp(score, rules.decimals);
    return limits.filter((limit) => published >= limit - 1e-12).length;
  });
}
