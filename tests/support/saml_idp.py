"""An identity provider: pysaml2's, used from a command line.

metadata   prints the provider's metadata.
answer     prints the response that --asked describes, as XML.
"""
import argparse
import base64
import json
import zlib
from urllib.parse import parse_qs, urlparse
from xml.etree import ElementTree

from saml2 import BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAME_FORMAT_URI, NAMEID_FORMAT_EMAILADDRESS, NameID
from saml2.server import Server
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA1, SIG_RSA_SHA256, DIGEST_SHA1

PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"


def config_of(options, minutes):
    return IdPConfig().load(
        {
            "entityid": options.entity_id,
            "service": {
                "idp": {
                    "endpoints": {
                        "single_sign_on_service": [(options.sign_on_url, BINDING_HTTP_REDIRECT)]
                    },
                    "name_id_format": [NAMEID_FORMAT_EMAILADDRESS],
                    "policy": {
                        "default": {
                            "lifetime": {"minutes": minutes},
                            "name_form": NAME_FORMAT_URI,
                            "attribute_restrictions": None,
                        }
                    },
                }
            },
            "key_file": options.key,
            "cert_file": options.cert,
            "xmlsec_binary": options.xmlsec,
            "metadata": {"inline": [sp_metadata(options.audience, options.acs_url)]},
        }
    )


def sp_metadata(entity_id, acs_url):
    return f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity_id}">
<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
 Location="{acs_url}" index="0"/></SPSSODescriptor></EntityDescriptor>"""


def request_id(url):
    packed = parse_qs(urlparse(url).query)["SAMLRequest"][0]
    xml = zlib.decompress(base64.b64decode(packed), -15)
    return ElementTree.fromstring(xml).attrib["ID"]


def answer(options, asked):
    server = Server(config=config_of(options, asked.get("minutes", 5)))
    sha1 = asked.get("sha1", False)
    in_response_to = request_id(asked["url"]) if asked.get("url") else None
    response = server.create_authn_response(
        asked.get("attributes", {}),
        in_response_to=asked.get("in_response_to", in_response_to),
        destination=options.acs_url,
        sp_entity_id=options.audience,
        name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text=asked["email"]),
        authn={"class_ref": PASSWORD, "authn_auth": options.entity_id},
        sign_assertion=asked.get("sign", "assertion") in ("assertion", "both"),
        sign_response=asked.get("sign", "assertion") in ("response", "both"),
        sign_alg=SIG_RSA_SHA1 if sha1 else SIG_RSA_SHA256,
        digest_alg=DIGEST_SHA1 if sha1 else DIGEST_SHA256,
    )
    return str(response)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["metadata", "answer"])
    parser.add_argument("--entity-id", required=True)
    parser.add_argument("--sign-on-url", default="https://idp.example.test/sso")
    parser.add_argument("--cert", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--xmlsec", default="/usr/bin/xmlsec1")
    parser.add_argument("--audience", default="fleet.example.test")
    parser.add_argument("--acs-url", default="https://fleet.example.test/acs")
    parser.add_argument("--asked", default="{}")
    options = parser.parse_args()
    if options.command == "metadata":
        print(entity_descriptor(config_of(options, 5)))
    else:
        print(answer(options, json.loads(options.asked)))


main()
