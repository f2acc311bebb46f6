"""(first version)"""
def extras(doc, d):
    return {}
