import { expect, it } from 'vitest';
import { demoFiles, readDirectory } from '../../identity/provider/people.ts';
import { Role } from '../../schemas/enums.ts';
import { peopleTable } from './people.ts';

const lines = peopleTable(readDirectory(demoFiles)).split('\n');

it('everybody who can sign in is listed by id, name, roles and unit', () => {
  const { people, services } = readDirectory(demoFiles);
  expect(lines).toHaveLength(2 + people.size + services.size);
  expect(lines[0]).toMatch(/^Id +Name +Roles +Unit$/);
  expect(lines).toContainEqual(
    expect.stringMatching(/^officer-c06-director +Đỗ Quang Giang +C06_DIRECTOR +C06$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^auditor-1 +Mai Thị Thảo +AUDITOR +–$/));
});

it('there is somebody in every role that anybody can hold', () => {
  const text = lines.join('\n');
  for (const role of Role.exclude(['SYSTEM']).options) expect(text).toContain(role);
});
