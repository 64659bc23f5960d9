export default async function tearDown() {
  await globalThis.thawTestDatabase?.tearDown();
}
