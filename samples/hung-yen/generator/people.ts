import { stringify } from 'yaml';
import { PC06, places } from './places.ts';
import { personName } from './words.ts';

type Person = {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly string[];
};

let count = 300;
const person = (unit: string, roles: readonly string[], suffix: string): Person => ({
  id: `officer-${unit.toLowerCase()}-${suffix}`,
  name: personName(count++),
  unit,
  roles,
});

const unitPeople = (unit: string): Person[] => [
  person(unit, ['RECEPTION_OFFICER', 'VERIFICATION_OFFICER'], '1'),
  person(unit, ['RECEPTION_OFFICER', 'VERIFICATION_OFFICER'], '2'),
  person(unit, ['UNIT_HEAD'], 'head'),
];

/** The people of the demo: two officers and a head in each unit, so that nobody both verifies and confirms. */
export function peopleFile(): string {
  count = 300;
  const people = [
    ...places.flatMap((place) => unitPeople(place.reception)),
    ...unitPeople(PC06),
    ...['1', '2', '3'].map((suffix) => person('C06', ['C06_OFFICER'], suffix)),
    person('C06', ['C06_DIRECTOR'], 'director'),
    ...['1', '2'].map((suffix) => person('C06', ['CALL_CENTRE'], `call-centre-${suffix}`)),
  ];
  const head = '# Người trong bản trình diễn: tên đặt ra, không phải người thật. / Invented people.\n';
  return `${head}${stringify({ people })}`;
}
