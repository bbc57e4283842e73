/** Which column of the file fills which field: guessed by name, chosen by people where the guess is none or wrong. */
import type { Fields } from '../../../domain/field.ts';
import type { ColumnMap } from '../../../domain/import/sheet.ts';

interface ColumnsProps {
  readonly fields: Fields;
  readonly columns: readonly string[];
  readonly map: ColumnMap;
  readonly onChange: (map: ColumnMap) => void;
}

export function Columns({ fields, columns, map, onChange }: ColumnsProps) {
  const found = Object.keys(fields).filter((name) => map[name] !== undefined).length;
  const isWhole = Object.entries(fields).every(
    ([name, field]) => !field.required || map[name] !== undefined,
  );
  const set = (name: string, column: string) => {
    const { [name]: _, ...others } = map;
    onChange(column === '' ? others : { ...others, [name]: column });
  };
  return (
    <details class="job-columns" open={!isWhole}>
      <summary>
        列の対応（{columns.length}列のうち{found}列を使います）
      </summary>
      <div class="job-column-grid">
        {Object.entries(fields).map(([name, field]) => (
          <label key={name} class="job-column">
            <span>
              {field.label}
              {field.required && <span class="must">※必須</span>}
            </span>
            <select
              class="input"
              value={map[name] ?? ''}
              onChange={(event) => set(name, event.currentTarget.value)}
            >
              <option value="">（使わない）</option>
              {columns.map((column) => (
                <option key={column} value={column}>
                  {column}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </details>
  );
}
