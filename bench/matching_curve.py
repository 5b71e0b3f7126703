"""The curve of times by number of records, as SVG with two logarithmic axes."""

import math

WIDTH, HEIGHT, MARGIN = 560, 340, 60


def exponent(curve):
    """Of the power of the number of records by which the time grew, from the first to the last."""
    (first, fast), (last, slow) = curve[0], curve[-1]
    return math.log(slow / fast) / math.log(last / first)


def svg(curve):
    right, top = curve[-1][0], 10 ** math.ceil(math.log10(max(t for _, t in curve)))
    left, bottom = curve[0][0], 10 ** math.floor(math.log10(min(t for _, t in curve)))

    def x_of(value):
        return MARGIN + (WIDTH - 2 * MARGIN) * math.log(value / left) / math.log(right / left)

    def y_of(value):
        share = math.log(value / bottom) / math.log(top / bottom)
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share

    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
             'font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    power = bottom
    while power <= top:
        y = y_of(power)
        lines.append(f'<path d="M{MARGIN} {y:.1f}H{WIDTH - MARGIN}" stroke="#ddd"/>')
        lines.append(f'<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{power:g}</text>')
        power *= 10
    for count, _ in (curve[0], curve[len(curve) // 2], curve[-1]):
        lines.append(f'<text x="{x_of(count):.1f}" y="{HEIGHT - MARGIN + 18}" '
                     f'text-anchor="middle">{count:,}</text>')
    points = " ".join(f"{x_of(count):.1f},{y_of(time):.1f}" for count, time in curve)
    lines.append(f'<polyline points="{points}" fill="none" stroke="#06c" stroke-width="2"/>')
    lines.extend(f'<circle cx="{x_of(c):.1f}" cy="{y_of(t):.1f}" r="3" fill="#06c"/>'
                 for c, t in curve)
    lines.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 14}" text-anchor="middle">offers, '
                 'as dense everywhere</text>')
    lines.append(f'<text x="{MARGIN - 40}" y="{MARGIN - 20}">µs for one learner</text>')
    return "\n".join([*lines, "</svg>", ""])
