/* Days to pixels and back. In a right-to-left page time runs from right to left, as the eye reads: the one place that knows it. */

export class Scale {
  constructor(first, last, width, isRightToLeft) {
    Object.assign(this, { first, last, width, isRightToLeft });
  }

  /** Left edge of the day in pixels (right edge where the page runs right to left). */
  x(day) {
    const share = (day - this.first) / Math.max(this.last + 1 - this.first, 1);
    return (this.isRightToLeft ? 1 - share : share) * this.width;
  }

  day(x) {
    const share = (this.isRightToLeft ? this.width - x : x) / Math.max(this.width, 1);
    const day = Math.floor(this.first + share * (this.last + 1 - this.first));
    return Math.min(Math.max(day, this.first), this.last);
  }
}
