// Preloaded into a trainer: its Date is off by THAW_TEST_CLOCK_SHIFT milliseconds, in every thread and process it starts.
// Monotonic clocks are left alone, as a wrong date leaves them alone.
const shift = Number(process.env.THAW_TEST_CLOCK_SHIFT);
const RealDate = Date;
globalThis.Date = class Date extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shift;
  }
};
