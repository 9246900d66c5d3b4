/** A shared amount (bytes, say) that tasks take from and give back; takers wait while it is used up. */
export class Budget {
  readonly #total: number;
  #used = 0;
  readonly #waiting: { readonly amount: number; readonly wake: () => void }[] = [];

  constructor(total: number) {
    this.#total = total;
  }

  /** Takes at once when there is room; else false. */
  tryTake(amount: number): boolean {
    if (this.#used > 0 && this.#used + amount > this.#total) return false;
    this.#used += amount;
    return true;
  }

  /** Resolves once `amount` is taken. One taker may exceed the total when it is alone, so that nobody waits for ever. */
  async take(amount: number): Promise<void> {
    if (this.#waiting.length === 0 && this.tryTake(amount)) return;
    await new Promise<void>((wake) => this.#waiting.push({ amount, wake }));
  }

  give(amount: number): void {
    this.#used -= amount;
    while (this.#waiting[0] !== undefined && this.tryTake(this.#waiting[0].amount)) this.#waiting.shift()?.wake();
  }
}
