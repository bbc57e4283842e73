/** One table in memory: its rows in order of arrival, found by any one column, every change noted so that it can be taken back. */
export type Cell = string | number | Uint8Array | null;

export interface Row {
  /** Its place in the order of arrival. */
  readonly at: number;
  /** In the order of the table's columns. Changed in place, by the table alone. */
  readonly cells: Cell[];
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
}

/** What has been done, in order: undone from the end. */
export class Journal {
  readonly #backwards: (() => void)[] = [];
  get length(): number {
    return this.#backwards.length;
  }
  note(backwards: () => void): void {
    this.#backwards.push(backwards);
  }
  backTo(length: number): void {
    while (this.#backwards.length > length) this.#backwards.pop()?.();
  }
}

type Index = Map<Cell, Row[]>;
const none: readonly Row[] = [];

export class Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Places of columns that are unique together: the primary key, then unique indexes. */
  readonly keys: number[][];
  readonly rows: Row[] = [];
  readonly #places: ReadonlyMap<string, number>;
  readonly #journal: Journal;
  /** By the place of its column; made when first asked for. */
  readonly #indexes: (Index | undefined)[] = [];

  constructor(name: string, columns: readonly Column[], journal: Journal) {
    this.name = name;
    this.columns = columns;
    this.keys = [];
    this.#places = new Map(columns.map((column, place) => [column.name, place]));
    this.#journal = journal;
  }

  placeOf(column: string): number | undefined {
    return this.#places.get(column);
  }

  placesOf(columns: readonly string[]): number[] {
    return columns.map((column) => {
      const place = this.placeOf(column);
      if (place === undefined) throw new Error(`no such column: ${this.name}.${column}`);
      return place;
    });
  }

  withCell(place: number, cell: Cell): readonly Row[] {
    return this.#indexOf(place).get(cell) ?? none;
  }

  /** A row that is the same in these columns; an absent value is like no other. */
  like(cells: readonly Cell[], key: readonly number[]): Row | undefined {
    for (const place of key) if (cells[place] === null) return undefined;
    for (const row of this.#fewest(cells, key)) if (isLike(row.cells, cells, key)) return row;
    return undefined;
  }

  /** Another row is the same in these columns. */
  isTwice(row: Row, key: readonly number[]): boolean {
    const alike = this.#fewest(row.cells, key).filter((one) => isLike(one.cells, row.cells, key));
    return alike.some((one) => one !== row) && key.every((place) => row.cells[place] !== null);
  }

  insert(cells: Cell[]): Row {
    for (let place = 0; place < cells.length; place++) this.#check(place, cells[place] ?? null);
    const row = { at: (this.rows.at(-1)?.at ?? 0) + 1, cells };
    this.#put(row);
    this.#journal.note(() => this.#take(row));
    return row;
  }

  remove(row: Row): void {
    this.#take(row);
    this.#journal.note(() => this.#put(row));
  }

  update(row: Row, places: readonly number[], cells: readonly Cell[]): void {
    const before = places.map((place) => row.cells[place] ?? null);
    for (let at = 0; at < places.length; at++) this.#check(places[at] ?? -1, cells[at] ?? null);
    this.#set(row, places, cells);
    this.#journal.note(() => this.#set(row, places, before));
  }

  #set(row: Row, places: readonly number[], cells: readonly Cell[]): void {
    for (let at = 0; at < places.length; at++) {
      const [place, cell] = [places[at] ?? -1, cells[at] ?? null];
      const index = this.#indexes[place];
      if (index) takeFrom(bucketIn(index, row.cells[place] ?? null), row);
      row.cells[place] = cell;
      if (index) putInto(bucketIn(index, cell), row);
    }
  }

  #check(place: number, cell: Cell): void {
    const column = this.columns[place];
    if (column && (cell === null ? column.isNullable : isOfType(cell, column.type))) return;
    throw new Error(`${this.name}.${column?.name} (${column?.type}) cannot be ${String(cell)}`);
  }

  #put(row: Row): void {
    putInto(this.rows, row);
    for (let place = 0; place < this.#indexes.length; place++) {
      const index = this.#indexes[place];
      if (index) putInto(bucketIn(index, row.cells[place] ?? null), row);
    }
  }

  #take(row: Row): void {
    takeFrom(this.rows, row);
    for (let place = 0; place < this.#indexes.length; place++) {
      const index = this.#indexes[place];
      if (index) takeFrom(bucketIn(index, row.cells[place] ?? null), row);
    }
  }

  #fewest(cells: readonly Cell[], places: readonly number[]): readonly Row[] {
    let fewest: readonly Row[] = this.rows;
    for (const place of places) {
      if (fewest.length < 2) break;
      const some = this.withCell(place, cells[place] ?? null);
      if (some.length < fewest.length) fewest = some;
    }
    return fewest;
  }

  #indexOf(place: number): Index {
    const known = this.#indexes[place];
    if (known) return known;
    const index: Index = new Map();
    for (const row of this.rows) bucketIn(index, row.cells[place] ?? null).push(row);
    // No hole in the list: it is walked through with every row.
    while (this.#indexes.length < place) this.#indexes.push(undefined);
    this.#indexes[place] = index;
    return index;
  }
}

function isOfType(cell: Cell, type: string): boolean {
  if (type === 'text') return typeof cell === 'string';
  return type === 'bigint' ? Number.isSafeInteger(cell) : cell instanceof Uint8Array;
}

function bucketIn(index: Index, cell: Cell): Row[] {
  const known = index.get(cell);
  if (known) return known;
  const made: Row[] = [];
  index.set(cell, made);
  return made;
}

/** In order of arrival, whatever was taken back meanwhile: a day goes the same way whichever days went before. */
function putInto(rows: Row[], row: Row): void {
  if ((rows.at(-1)?.at ?? 0) < row.at) {
    rows.push(row);
    return;
  }
  let at = rows.length;
  while (at > 0 && (rows[at - 1]?.at ?? 0) > row.at) at -= 1;
  rows.splice(at, 0, row);
}

function takeFrom(rows: Row[], row: Row): void {
  const at = rows.lastIndexOf(row);
  if (at === rows.length - 1) rows.length -= at < 0 ? 0 : 1;
  else if (at >= 0) rows.splice(at, 1);
}

function isLike(one: readonly Cell[], other: readonly Cell[], key: readonly number[]): boolean {
  for (const place of key) if (one[place] !== other[place]) return false;
  return true;
}
