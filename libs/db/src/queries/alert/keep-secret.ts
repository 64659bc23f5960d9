/** A statement that fails names its parameters, and Postgres the row it refused; what is thrown ends up in a log. */
export async function keepSecret<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message, code } = ((error as Error).cause ?? error) as Error & { code?: string };
    throw Object.assign(new Error(`A webhook could not be stored: ${message}`), { code });
  }
}
