import { DomainError } from '../domain/error.ts';
import { signInPerson } from '../identity/sign-in/person.ts';
import { SignInFailed } from '../identity/sign-in/provider.ts';
import { print } from './output.ts';

/**
 * Prints an access token of a person, and nothing else.
 * @throws DomainError EID_ERR_USAGE when the provider does not know the person; EID_ERR_UNAVAILABLE when it does not answer
 */
export async function printToken(
  person: string,
  provider: { readonly issuer: string; readonly audience: string },
): Promise<void> {
  try {
    const { accessToken } = await signInPerson(person, provider);
    print(accessToken);
  } catch (error) {
    if (error instanceof SignInFailed && error.status < 500)
      throw new DomainError('EID_ERR_USAGE', { reason: `${provider.issuer} does not sign ${person} in` });
    throw new DomainError('EID_ERR_UNAVAILABLE', {
      reason: `${provider.issuer} does not answer; is "orgeid start" running?`,
    });
  }
}
