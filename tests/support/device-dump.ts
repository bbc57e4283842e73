/** Every string and byte that lies in a tablet's IndexedDB, for looking whether a name is among them. */
export async function dump(indexedDB: IDBFactory): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await asked<IDBDatabase>(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const table = db.transaction(store).objectStore(store);
      gather(await asked(table.getAll()), pieces);
      gather(await asked(table.getAllKeys()), pieces);
    }
    db.close();
  }
  return Buffer.concat(pieces);
}

export function contains(haystack: Buffer, text: string): boolean {
  return haystack.includes(Buffer.from(text)) || haystack.includes(Buffer.from(text, 'utf16le'));
}

function asked<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result as T));
    request.addEventListener('error', () => reject(new Error('IndexedDB')));
  });
}

function gather(value: unknown, pieces: Buffer[]): void {
  if (typeof value === 'string') pieces.push(Buffer.from(`${value}\n`));
  else if (ArrayBuffer.isView(value))
    pieces.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      pieces.push(Buffer.from(`${key}\n`));
      gather(item, pieces);
    }
}
