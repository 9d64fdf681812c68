/**
 * The heights of many rows one below another. Adding, changing, and finding what is at an offset take a time that grows
 * with the logarithm of their number (a Fenwick tree).
 */
export class Heights {
  #values = new Float64Array(64);

  /** One longer; the first is not used. */
  #tree = new Float64Array(65);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get total(): number {
    return this.top(this.#count);
  }

  of(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** Where a row begins. */
  top(index: number): number {
    let sum = 0;
    for (let i = Math.min(index, this.#count); i > 0; i -= i & -i) {
      sum += this.#tree[i] ?? 0;
    }
    return sum;
  }

  /** The row at an offset; the last one if there are less. */
  at(offset: number): number {
    let index = 0;
    let rest = offset;
    for (let step = 2 ** Math.floor(Math.log2(this.#values.length)); step > 0; step >>= 1) {
      const next = index + step;
      const height = this.#tree[next] ?? 0;
      if (next <= this.#count && height <= rest) {
        index = next;
        rest -= height;
      }
    }
    return Math.max(0, Math.min(index, this.#count - 1));
  }

  push(height: number): void {
    if (this.#count === this.#values.length) {
      this.#grow();
    }
    this.#add(this.#count, height);
    this.#values[this.#count++] = height;
  }

  set(index: number, height: number): void {
    this.#add(index, height - this.of(index));
    this.#values[index] = height;
  }

  /** Keeps only the first rows. */
  truncate(count: number): void {
    while (this.#count > count) {
      this.#count--;
      this.#add(this.#count, -this.of(this.#count));
      this.#values[this.#count] = 0;
    }
  }

  #add(index: number, difference: number): void {
    for (let i = index + 1; i < this.#tree.length; i += i & -i) {
      this.#tree[i] = (this.#tree[i] ?? 0) + difference;
    }
  }

  #grow(): void {
    const values = new Float64Array(this.#values.length * 2);
    values.set(this.#values);
    this.#values = values;
    this.#tree = new Float64Array(values.length + 1);
    values.subarray(0, this.#count).forEach((height, index) => this.#add(index, height));
  }
}
