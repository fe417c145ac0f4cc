"""A mail server that keeps every mail it takes as a JSON file, in order. Runs until it is killed."""
import argparse
import hashlib
import hmac
import json
import os
import signal
import ssl
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Sink:
    def __init__(self, options):
        self.options = options
        self.count = 0
        self.put_off = set()

    def check(self, server, session, envelope, mechanism, data):
        user, password = data.login.decode(), data.password.decode()
        known = (user, password) == (self.options.user, self.options.password)
        if known:
            session.login_by = mechanism
        return AuthResult(success=known, handled=False)

    async def auth_CRAM__MD5(self, server, args):
        challenge = b"<1896.697170952@sink.test>"
        answer = await server.challenge_auth(challenge)
        user, _, digest = bytes(answer).decode().partition(" ")
        wanted = hmac.new(self.options.password.encode(), challenge, hashlib.md5).hexdigest()
        known = user == self.options.user and hmac.compare_digest(digest, wanted)
        if known:
            server.session.login_by = "CRAM-MD5"
        return AuthResult(success=known, handled=False, auth_data=user)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if "refused" in address:
            return f"550 5.1.1 no such mailbox here: {address}"
        if "later" in address and address not in self.put_off:
            self.put_off.add(address)
            return "451 4.7.1 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        kept = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": str(mail["Subject"]),
            "headers": {name: str(value) for name, value in mail.items()},
            "text": mail.get_body(("plain",)).get_content(),
            "html": mail.get_body(("html",)).get_content(),
            "tls": session.ssl is not None or self.options.mode == "tls",
            "helo": session.host_name,
            "login": getattr(session, "login_by", ""),
        }
        self.count += 1
        path = os.path.join(self.options.dir, f"{self.count:06}.json")
        with open(path + ".part", "w", encoding="utf-8") as file:
            json.dump(kept, file)
        os.rename(path + ".part", path)
        return "250 kept"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dir", required=True)
    parser.add_argument("--mode", choices=["plain", "starttls", "tls"], default="plain")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    parser.add_argument("--mechanism", default="")
    options = parser.parse_args()

    context = None
    if options.mode != "plain":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.cert, options.key)
    sink = Sink(options)
    settings = {}
    if options.user:
        others = {"PLAIN", "LOGIN", "CRAM-MD5"} - {options.mechanism}
        settings = {
            "auth_required": True,
            "auth_require_tls": False,
            "auth_exclude_mechanism": sorted(others),
            "authenticator": sink.check,
        }
    if options.mode == "starttls":
        settings |= {"tls_context": context, "require_starttls": True}
    controller = Controller(
        sink,
        hostname="127.0.0.1",
        port=options.port,
        ssl_context=context if options.mode == "tls" else None,
        **settings,
    )
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    controller.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


main()
