// Passkeys: puts the server's question to the browser, and its answer into the form.
// A form says what it is for: data-passkey="create", "get" or "sign-in". Without this script, or
// in a browser that knows no passkeys, the form stays hidden and the other ways are there.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const toText = (bytes) =>
  bytes &&
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (list = []) => list.map((each) => ({ ...each, id: toBytes(each.id) }));

function question({ publicKey }) {
  const asked = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (publicKey.user) asked.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  asked.excludeCredentials = withBytes(publicKey.excludeCredentials);
  asked.allowCredentials = withBytes(publicKey.allowCredentials);
  return asked;
}

function answer(credential) {
  const { response } = credential;
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports?.(),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      userHandle: toText(response.userHandle),
    },
  };
}

const onPage = () => JSON.parse(document.getElementById("passkey-options").textContent);

async function fromServer(form) {
  const reply = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!reply.ok) throw new Error(`The server said ${reply.status}.`);
  return reply.json();
}

function create(form) {
  const asked = question(onPage().creation_options);
  const alone = form.elements.passwordless?.checked;
  asked.authenticatorSelection = {
    ...asked.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: Boolean(alone),
    ...(alone && { userVerification: "required" }),
  };
  return navigator.credentials.create({ publicKey: asked });
}

async function get(form) {
  const options = form.dataset.passkey === "sign-in" ? await fromServer(form) : onPage();
  return navigator.credentials.get({ publicKey: question(options.request_options) });
}

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const credential = await (form.dataset.passkey === "create" ? create(form) : get(form));
    form.elements.credential.value = JSON.stringify(answer(credential));
    form.submit();
  } catch {
    // Turned down, timed out, or not possible here: the browser tells scripts no more than that.
    problem.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", submit);
  }
}
