import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Button } from '../../src/app/ui/button.tsx';
import { Chips } from '../../src/app/ui/chips.tsx';
import { ProblemNotice } from '../../src/app/ui/notice.tsx';
import { DateText, TimeText } from '../../src/app/ui/text.tsx';
import { ToastPlace, Toasts, dropToasts, toast } from '../../src/app/ui/toast.tsx';
import {
  forget,
  go,
  screen as shown,
  screenNames,
  startNavigation,
} from '../../src/app/state/nav.ts';

afterEach(() => {
  cleanup();
  dropToasts();
});

const options = [
  { code: 'a', label: '来所' },
  { code: 'b', label: '電話' },
];

describe('chips', () => {
  test('one of several is a radio group with a name', () => {
    const chosen: string[] = [];
    render(
      <Chips label="方法" options={options} value="a" onChange={(code) => chosen.push(code)} />,
    );
    expect(screen.getByRole('group', { name: '方法' })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '来所' }).checked).toBe(true);
    fireEvent.click(screen.getByRole('radio', { name: '電話' }));
    expect(chosen).toEqual(['b']);
  });

  test('several at once are checkboxes that keep the order of choosing', () => {
    const chosen: (readonly string[])[] = [];
    const onChange = (codes: readonly string[]) => void chosen.push(codes);
    render(<Chips label="用件" multiple options={options} value={['b']} onChange={onChange} />);
    fireEvent.click(screen.getByRole('checkbox', { name: '来所' }));
    fireEvent.click(screen.getByRole('checkbox', { name: '電話' }));
    expect(chosen).toEqual([['b', 'a'], []]);
  });
});

describe('a button', () => {
  test('that is busy says so and does nothing', () => {
    const press = vi.fn<() => void>();
    const { rerender } = render(
      <Button busy onPress={press}>
        記録する
      </Button>,
    );
    const button = screen.getByRole('button', { name: '記録する' });
    fireEvent.click(button);
    expect(press).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-busy')).toBe('true');
    rerender(<Button onPress={press}>記録する</Button>);
    fireEvent.click(screen.getByRole('button', { name: '記録する' }));
    expect(press).toHaveBeenCalledOnce();
  });
});

describe('toasts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('are a live region that is there before the first message', () => {
    render(<Toasts />);
    expect(screen.getByRole('status').textContent).toBe('');
  });

  test('undo is offered for ten seconds and only once', async () => {
    const undo = vi.fn<() => void>();
    render(<Toasts />);
    toast('保存しました', { undo });
    await vi.advanceTimersByTimeAsync(9_000);
    fireEvent.click(screen.getByRole('button', { name: '取り消す' }));
    expect(undo).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.queryByRole('button', { name: '取り消す' })).toBeNull();
    toast('もう一つ', { undo });
    await vi.advanceTimersByTimeAsync(10_100);
    expect(screen.queryByText('もう一つ')).toBeNull();
  });

  test('stand in the place kept for them, and with a sheet open in that of the sheet', () => {
    const Page = ({ isOpen }: { readonly isOpen: boolean }) => (
      <>
        <Toasts />
        <header data-testid="bar">
          <ToastPlace />
        </header>
        {isOpen && (
          <dialog open>
            <ToastPlace />
          </dialog>
        )}
      </>
    );
    const { rerender } = render(<Page isOpen={false} />);
    void act(() => toast('保存しました', { undo: () => undefined }));
    const where = () => screen.getByText('保存しました').closest('header, dialog')?.tagName;
    expect(where()).toBe('HEADER');
    rerender(<Page isOpen />);
    expect(where()).toBe('DIALOG');
    expect(screen.getAllByRole('button', { name: '取り消す' })).toHaveLength(1);
    rerender(<Page isOpen={false} />);
    expect(where()).toBe('HEADER');
  });
});

test('a problem says what happened, what is safe and what to press', () => {
  render(<ProblemNotice problem={{ code: 'storageFull' }} />);
  const words = screen.getByRole('alert').textContent ?? '';
  expect(words).toContain('保存できませんでした');
  expect(words).toContain('まだ保存されていません');
  expect(words).toContain('押してください');
});

test('dates and times are written as the desk writes them', () => {
  const { container } = render(
    <p>
      <DateText date="2026-11-20" /> <DateText date="2026-11-20" form="long" />{' '}
      <TimeText at={Date.parse('2026-11-20T05:05:00Z')} /> <DateText date="まだ" />
    </p>,
  );
  expect(container.textContent).toBe('11月20日(金) 令和8年11月20日(金) 14:05 ');
});

describe('the address', () => {
  test.each(screenNames)('of %s holds the name of the screen and nothing else', (name) => {
    go(name, {
      id: 'secret-id',
      seeker: '0193',
      text: '佐藤 花子',
      values: { familyName: '佐藤' },
    });
    expect(location.pathname).toBe(`/${name}`);
    expect(location.search + location.hash).toBe('');
    expect(JSON.stringify(history.state)).not.toMatch(/佐藤|secret|0193/);
    expect(shown.value.params.text).toBe('佐藤 花子');
  });

  test('at lock every parameter is forgotten and a person’s page is left', () => {
    go('seeker', { seeker: '0193' });
    forget();
    expect(shown.value).toMatchObject({ name: 'reception', params: {} });
    expect(location.pathname).toBe('/reception');
  });

  test('a person’s page opened by its address alone leads to the board', () => {
    history.replaceState(null, '', '/seeker');
    const stop = startNavigation();
    expect(shown.value.name).toBe('reception');
    stop();
  });
});
