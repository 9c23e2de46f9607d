import { describe, expect, it } from 'vitest';
import { casesNamed, closerCases } from '@/ui/tasks/things';

const covert = { id: 'm1', name: 'Covert' };
const sealed = { id: 'c1', title: 'Sealed', state: 'OPEN' as const, entityCount: 0, references: [{ country: 'NL', number: 'R-77/26' }], markings: [covert] };
const plain = { id: 'c2', title: 'Nordlys', state: 'OPEN' as const, entityCount: 0, references: [], markings: [] };

describe('cases for a task', () => {
  it('are found by title and by reference, whatever the case of letters', () => {
    expect(casesNamed([sealed, plain], 'nordl')).toEqual([plain]);
    expect(casesNamed([sealed, plain], 'r-77')).toEqual([sealed]);
  });

  it('that carry what the task does not are named with it', () => {
    const linkedCases = [{ id: 'c1', title: 'Sealed' }, { id: 'c2', title: 'Nordlys' }];
    expect(closerCases({ linkedCases, markings: [] }, [sealed, plain]).map(({ title, lacking }) => [title, lacking])).toEqual([['Sealed', ['Covert']]]);
    expect(closerCases({ linkedCases, markings: [covert] }, [sealed, plain])).toEqual([]);
    expect(closerCases({ linkedCases: [], markings: [] }, [sealed, plain])).toEqual([]);
  });
});
